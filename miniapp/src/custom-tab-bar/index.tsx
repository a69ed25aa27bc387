import { View } from '@tarojs/components';

/**
 * WeChat wants this component where the tab bar is a custom one. The bar itself is drawn by `ui/page.tsx`, inside the
 * page's root: there it has the theme, the language and elder mode, and is the same on h5.
 */
export default function CustomTabBar() {
  return <View />;
}
