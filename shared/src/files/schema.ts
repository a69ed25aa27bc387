import * as z from 'zod';
import { idSchema, instantSchema } from '../common/schema.js';

export const FILE_TYPES = ['application/pdf', 'image/png', 'image/jpeg'] as const;
export type FileType = (typeof FILE_TYPES)[number];
export const MAX_FILE_BYTES = 10 * 1024 * 1024;

export const fileSchema = z.object({
  fileId: idSchema,
  fileName: z.string(),
  contentType: z.enum(FILE_TYPES),
  sizeBytes: z.number().int(),
  uploadedAt: instantSchema,
});
export type StoredFile = z.infer<typeof fileSchema>;

/** A link that works for a few minutes without a header, for `<img>`, a PDF viewer or `wx.downloadFile`. */
export const fileLinkSchema = z.object({ url: z.string(), expiresAt: instantSchema });
export type FileLink = z.infer<typeof fileLinkSchema>;
