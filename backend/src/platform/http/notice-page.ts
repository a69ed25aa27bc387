interface Notice {
  readonly title: string;
  readonly text: string;
}

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c);

/** A small page in both languages for a browser that meets something else than a page of ours. */
export function noticePage({ zh, en }: { readonly zh: Notice; readonly en: Notice }): string {
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${escapeHtml(zh.title)} · 威海英才卡</title>
<link rel="icon" href="/assets/landing/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/landing/landing.css">
</head>
<body>
<main class="notice">
<h1>${escapeHtml(zh.title)}</h1>
<p>${escapeHtml(zh.text)}</p>
<div lang="en">
<h2>${escapeHtml(en.title)}</h2>
<p>${escapeHtml(en.text)}</p>
</div>
<p><a class="button" href="/">返回首页 · Start page</a></p>
</main>
</body>
</html>
`;
}

export const NOT_FOUND_PAGE = noticePage({
  zh: { title: '没有这个页面', text: '地址可能输错了，或者页面已经搬走。' },
  en: { title: 'There is no such page', text: 'The address may be mistyped, or the page has moved.' },
});
