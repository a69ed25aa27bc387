import type { FastifyReply } from 'fastify';
import { contentDisposition } from './file-name.js';

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Sends a workbook to be saved, never kept by a cache on the way. */
export async function sendWorkbook(reply: FastifyReply, fileName: string, bytes: Buffer): Promise<void> {
  await reply
    .status(200)
    .header('content-type', XLSX)
    .header('content-disposition', contentDisposition('attachment', fileName))
    .header('cache-control', 'private, no-store')
    .send(bytes);
}
