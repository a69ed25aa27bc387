import type { StoredFile } from '@talent-card/shared/files/schema';
import Taro from '@tarojs/taro';
import { fileUrl } from '@/services/files';

/** Shows a file by a link that lives for some minutes. Throws ApiError when there is none to be had. */
export async function openStoredFile(file: StoredFile): Promise<void> {
  const picture = file.contentType !== 'application/pdf';
  if (process.env.TARO_ENV === 'h5') {
    if (picture) {
      await Taro.previewImage({ urls: [await fileUrl(file.fileId)] });
      return;
    }
    // Browsers open a tab only within the tap itself: open it now, fill it when the link is there.
    const tab = window.open('', '_blank');
    try {
      const url = await fileUrl(file.fileId);
      if (tab) {
        tab.opener = null;
        tab.location.href = url;
      } else window.location.assign(url);
    } catch (failure) {
      tab?.close();
      throw failure;
    }
    return;
  }
  const url = await fileUrl(file.fileId);
  if (picture) {
    await Taro.previewImage({ urls: [url] });
    return;
  }
  const { tempFilePath } = await Taro.downloadFile({ url });
  await Taro.openDocument({ filePath: tempFilePath, fileType: 'pdf', showMenu: false });
}
