import type { ZoneCode } from '@talent-card/shared/accounts/districts';

/** Words that invented people and employers are put together from. Places are real, everything else is made up. */
type Words = readonly [string, ...string[]];
const words = (text: string): Words => text.trim().split(/\s+/) as unknown as Words;

export const SURNAMES = words(
  '王 李 张 刘 于 孙 宋 丛 毕 姜 邹 谷 梁 鞠 初 董 吕 隋 曲 林 周 徐 马 车 戚 侯 许 赵 陈 杨 欧阳 夏侯',
);
export const GIVEN_MALE = words(
  '海峰 志远 国栋 建波 明哲 浩然 子昂 文轩 宇航 晓东 俊杰 立诚 思源 振宇 家豪 润泽 景行 伯言 承志 一鸣 毅 铭 磊 凯 岳 泊舟 望潮 敬之',
);
export const GIVEN_FEMALE = words(
  '海清 雨桐 思琪 静怡 晓琳 若溪 婉清 佳宁 欣妍 梦洁 雅文 诗涵 子衿 语嫣 慧敏 丽华 淑贤 岚 婷 颖 澜 薇 知夏 听雪 采薇 沐晴 予安 书瑶',
);
export const FOREIGN_NAMES = words(
  'ANNA-BERG LUKAS-WEBER MARIE-DUBOIS HARUTO-TANAKA MINJUN-KIM SOFIA-ROSSI OLIVER-HUGHES EMMA-JOHANSSON MATEO-GARCIA IVAN-PETROV',
);
export const FOREIGN_NATIONALITIES = words('DEU AUT FRA JPN KOR ITA GBR SWE ESP RUS');

export const BRANDS = words(
  '海曜 碧澜 拓帆 北辰 鲲跃 星港 润潮 云帆 磐海 启航 瀚蓝 金汐 远礁 蓝屿 合浪 岸青 鼎岬 澄湾 驭风 双岛 泓远 观澜 晨礁 昆嵛',
);
export const INDUSTRIES = words(
  '新材料 医疗器械 海洋生物 智能装备 船舶工程 电子信息 碳纤维 精密仪器 食品科技 生物制药 激光技术 新能源',
);
export const INSTITUTES: Words = [
  '威海海洋装备研究所（演示）',
  '环海先进材料研究院（演示）',
  '蓝湾职业学院（演示）',
  '海滨中心医院（演示）',
];
export const SCHOOLS: readonly [
  { name: string; doubleFirstClass: boolean },
  ...{ name: string; doubleFirstClass: boolean }[],
] = [
  { name: '东海理工大学（演示）', doubleFirstClass: true },
  { name: '北辰大学（演示）', doubleFirstClass: true },
  { name: '滨海科技大学（演示）', doubleFirstClass: false },
  { name: '胶东师范大学（演示）', doubleFirstClass: false },
  { name: '鲁东工学院（演示）', doubleFirstClass: false },
];
export const FIELDS = words(
  '材料科学与工程 海洋生物学 船舶与海洋工程 电子信息 临床医学 机械工程 化学工程 计算机科学 食品科学',
);
export const POSITIONS = words(
  '研发总监 高级工程师 首席科学家 主任医师 技术负责人 副教授 项目经理 工艺工程师 总经理',
);
export const MUNICIPAL_PROGRAMMES: Words = [
  '威海市产业领军人才（演示）',
  '威海市“海聚”人才工程（演示）',
  '威海市有突出贡献的中青年专家（演示）',
  '威海英才计划（演示）',
];
export const HIGHER_PROGRAMMES: Words = [
  '泰山产业领军人才（演示）',
  '泰山学者青年专家（演示）',
  '国家级青年人才项目（演示）',
];

/** Districts by how many of the city's talents work there, roughly; the heavier stand more often. */
export const ZONE_WEIGHTS: readonly [ZoneCode, ...ZoneCode[]] = [
  '371002-G',
  '371002-G',
  '371002-G',
  '371002',
  '371002',
  '371002-J',
  '371002-J',
  '371082',
  '371082',
  '371003',
  '371083',
  '371002-L',
  '371003-N',
];
