// Shows one language; remembers the choice. Runs before the body is drawn, so nothing flickers.
(() => {
  const KEY = 'talent-card-landing-language';
  const root = document.documentElement;
  const remembered = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null;
    }
  };
  const show = (language) => {
    root.dataset.lang = language;
    root.lang = language === 'zh' ? 'zh-CN' : 'en';
    for (const button of document.querySelectorAll('[data-set-lang]')) {
      button.setAttribute('aria-pressed', String(button.dataset.setLang === language));
    }
  };
  const first = remembered() ?? (navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en');
  show(first);
  document.addEventListener('DOMContentLoaded', () => {
    show(first);
    document.addEventListener('click', (event) => {
      const button = event.target.closest('[data-set-lang]');
      if (!button) return;
      show(button.dataset.setLang);
      try {
        localStorage.setItem(KEY, button.dataset.setLang);
      } catch {
        // Private browsing: the choice lasts as long as the page.
      }
    });
  });
})();
