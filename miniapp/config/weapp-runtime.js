import { internalComponents, mergeInternalComponents } from '@tarojs/shared';
import { added, dropped } from './weapp-components.cjs';

mergeInternalComponents(added);
for (const name of Object.keys(dropped)) {
  for (const property of dropped[name]) delete internalComponents[name][property];
}
