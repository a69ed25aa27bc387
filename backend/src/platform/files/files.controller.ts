import { Controller, Param, Query, Req, Res } from '@nestjs/common';
import { fileRoutes } from '@talent-card/shared/files/routes';
import {
  FILE_TYPES,
  type FileLink,
  fileLinkSchema,
  fileSchema,
  MAX_FILE_BYTES,
  type StoredFile,
} from '@talent-card/shared/files/schema';
import type { FastifyReply } from 'fastify';
import * as z from 'zod';
import type { PersonPrincipal, StaffPrincipal } from '../accounts/principal.js';
import { Endpoint } from '../http/endpoint.decorator.js';
import { idempotencyOf, Person, Staff } from '../http/parameters.js';
import type { AppRequest } from '../http/request.js';
import { receiveUpload } from '../http/upload.js';
import { contentDisposition } from './file-name.js';
import { Files, uploadHash } from './files.js';

const contentQuery = z.object({
  viewer: z.enum(['citizen', 'staff']),
  expires: z.string().regex(/^\d{1,16}$/),
  signature: z.string().max(100),
});

@Controller()
export class FilesController {
  constructor(private readonly files: Files) {}

  @Endpoint(fileRoutes.upload, {
    summary: 'Upload a document (PDF, PNG, JPEG, up to 10 MB)',
    response: fileSchema,
  })
  async upload(@Person() person: PersonPrincipal, @Req() request: AppRequest): Promise<StoredFile> {
    const upload = await receiveUpload(request, MAX_FILE_BYTES);
    return this.files.upload(person, upload, idempotencyOf(request, fileRoutes.upload, uploadHash(upload)));
  }

  @Endpoint(fileRoutes.link, {
    summary: 'A link that opens one of your files for five minutes',
    response: fileLinkSchema,
  })
  link(@Person() person: PersonPrincipal, @Param('fileId') fileId: string): Promise<FileLink> {
    return this.files.linkForOwner(fileId, person.personId);
  }

  @Endpoint(fileRoutes.remove, { summary: 'Remove a file that was not submitted yet' })
  remove(@Person() person: PersonPrincipal, @Param('fileId') fileId: string): Promise<void> {
    return this.files.remove(fileId, person.personId);
  }

  @Endpoint(fileRoutes.staffLink, {
    summary: 'A link that opens a file of a case in your zone for five minutes',
    response: fileLinkSchema,
  })
  staffLink(
    @Staff() staff: StaffPrincipal,
    @Param('fileId') fileId: string,
    @Req() request: AppRequest,
  ): Promise<FileLink> {
    return this.files.linkForStaff(fileId, staff, request.id);
  }

  @Endpoint(fileRoutes.content, { summary: 'The content, for who holds a signed link', file: FILE_TYPES })
  async content(
    @Param('fileId') fileId: string,
    @Query({ schema: contentQuery }) query: z.infer<typeof contentQuery>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const file = await this.files.open(fileId, query.viewer, query.expires, query.signature);
    await reply
      .status(200)
      .header('content-type', file.contentType)
      .header('content-disposition', contentDisposition('inline', file.fileName))
      .header('cache-control', 'private, no-store')
      .header('x-content-type-options', 'nosniff')
      // A document shows; whatever it carries may run or load nothing. Our own console may frame it.
      .header(
        'content-security-policy',
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'",
      )
      .header('cross-origin-resource-policy', 'same-origin')
      .send(file.bytes);
  }
}
