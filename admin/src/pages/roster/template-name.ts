/** Used where the server names no file; Excel users look for it in their downloads. */
export const ROSTER_TEMPLATE_NAME = '人才库导入模板.xlsx';
export const errorFileName = (fileName: string) => `${fileName.replace(/\.xlsx$/i, '')}-标错.xlsx`;
