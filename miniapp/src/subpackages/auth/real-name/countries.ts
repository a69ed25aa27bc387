import type { Locale } from '@talent-card/shared/common/locale';

/** A country or territory of ISO 3166-1. */
export interface Country {
  /** Alpha-3, what the service stores. */
  code: string;
  zh: string;
  en: string;
  /** What somebody may type to find it, folded. */
  find: string;
}

/*
 * Every officially assigned code of ISO 3166-1, in the order of the Chinese names (pinyin):
 * alpha-2, alpha-3, Chinese|English|other names people use. Compact because it is downloaded: WeChat has no
 * Intl.DisplayNames. It is used on one page and must stay in this package.
 */
const TABLE = `
ALALB 阿尔巴尼亚|Albania
DZDZA 阿尔及利亚|Algeria
AFAFG 阿富汗|Afghanistan
ARARG 阿根廷|Argentina
AEARE 阿拉伯联合酋长国|United Arab Emirates|UAE
AWABW 阿鲁巴|Aruba
OMOMN 阿曼|Oman
AZAZE 阿塞拜疆|Azerbaijan
EGEGY 埃及|Egypt
ETETH 埃塞俄比亚|Ethiopia
IEIRL 爱尔兰|Ireland
EEEST 爱沙尼亚|Estonia
ADAND 安道尔|Andorra
AOAGO 安哥拉|Angola
AIAIA 安圭拉|Anguilla
AGATG 安提瓜和巴布达|Antigua and Barbuda
ATAUT 奥地利|Austria
AXALA 奥兰群岛|Åland Islands
AUAUS 澳大利亚|Australia
BBBRB 巴巴多斯|Barbados
PGPNG 巴布亚新几内亚|Papua New Guinea
BSBHS 巴哈马|Bahamas
PKPAK 巴基斯坦|Pakistan
PYPRY 巴拉圭|Paraguay
PSPSE 巴勒斯坦|Palestine
BHBHR 巴林|Bahrain
PAPAN 巴拿马|Panama
BRBRA 巴西|Brazil
BYBLR 白俄罗斯|Belarus
BMBMU 百慕大|Bermuda
BGBGR 保加利亚|Bulgaria
MPMNP 北马里亚纳群岛|Northern Mariana Islands
MKMKD 北马其顿|North Macedonia|Macedonia
BJBEN 贝宁|Benin
BEBEL 比利时|Belgium
ISISL 冰岛|Iceland
PRPRI 波多黎各|Puerto Rico
PLPOL 波兰|Poland
BABIH 波斯尼亚和黑塞哥维那|Bosnia and Herzegovina
BOBOL 玻利维亚|Bolivia
BZBLZ 伯利兹|Belize
BWBWA 博茨瓦纳|Botswana
BTBTN 不丹|Bhutan
BFBFA 布基纳法索|Burkina Faso
BIBDI 布隆迪|Burundi
BVBVT 布韦岛|Bouvet Island
KPPRK 朝鲜|North Korea|DPRK
GQGNQ 赤道几内亚|Equatorial Guinea
DKDNK 丹麦|Denmark
DEDEU 德国|Germany
TLTLS 东帝汶|Timor-Leste|East Timor
TGTGO 多哥|Togo
DODOM 多米尼加共和国|Dominican Republic
DMDMA 多米尼克|Dominica
RURUS 俄罗斯|Russia|Russian Federation
ECECU 厄瓜多尔|Ecuador
ERERI 厄立特里亚|Eritrea
FRFRA 法国|France
FOFRO 法罗群岛|Faroe Islands
PFPYF 法属波利尼西亚|French Polynesia
GFGUF 法属圭亚那|French Guiana
TFATF 法属南部领地|French Southern Territories
MFMAF 法属圣马丁|Saint Martin
VAVAT 梵蒂冈|Vatican City|Holy See
PHPHL 菲律宾|Philippines
FJFJI 斐济|Fiji
FIFIN 芬兰|Finland
CVCPV 佛得角|Cape Verde|Cape Verde
GMGMB 冈比亚|Gambia
CGCOG 刚果（布）|Republic of the Congo
CDCOD 刚果（金）|DR Congo|Zaire
COCOL 哥伦比亚|Colombia
CRCRI 哥斯达黎加|Costa Rica
GDGRD 格林纳达|Grenada
GLGRL 格陵兰|Greenland
GEGEO 格鲁吉亚|Georgia
GGGGY 根西岛|Guernsey
CUCUB 古巴|Cuba
GPGLP 瓜德罗普|Guadeloupe
GUGUM 关岛|Guam
GYGUY 圭亚那|Guyana
KZKAZ 哈萨克斯坦|Kazakhstan
HTHTI 海地|Haiti
KRKOR 韩国|South Korea|Republic of Korea
NLNLD 荷兰|Netherlands|Holland
BQBES 荷属加勒比区|Caribbean Netherlands
SXSXM 荷属圣马丁|Sint Maarten
HMHMD 赫德岛和麦克唐纳群岛|Heard and McDonald Islands
MEMNE 黑山|Montenegro
HNHND 洪都拉斯|Honduras
KIKIR 基里巴斯|Kiribati
DJDJI 吉布提|Djibouti
KGKGZ 吉尔吉斯斯坦|Kyrgyzstan
GNGIN 几内亚|Guinea
GWGNB 几内亚比绍|Guinea-Bissau
CACAN 加拿大|Canada
GHGHA 加纳|Ghana
GAGAB 加蓬|Gabon
KHKHM 柬埔寨|Cambodia
CZCZE 捷克|Czechia|Czech Republic
ZWZWE 津巴布韦|Zimbabwe
CMCMR 喀麦隆|Cameroon
QAQAT 卡塔尔|Qatar
KYCYM 开曼群岛|Cayman Islands
CCCCK 科科斯（基林）群岛|Cocos (Keeling) Islands
KMCOM 科摩罗|Comoros
CICIV 科特迪瓦|Côte d'Ivoire|Ivory Coast
KWKWT 科威特|Kuwait
HRHRV 克罗地亚|Croatia
KEKEN 肯尼亚|Kenya
CKCOK 库克群岛|Cook Islands
CWCUW 库拉索|Curaçao
LVLVA 拉脱维亚|Latvia
LSLSO 莱索托|Lesotho
LALAO 老挝|Laos|Lao
LBLBN 黎巴嫩|Lebanon
LTLTU 立陶宛|Lithuania
LRLBR 利比里亚|Liberia
LYLBY 利比亚|Libya
LILIE 列支敦士登|Liechtenstein
REREU 留尼汪|Réunion
LULUX 卢森堡|Luxembourg
RWRWA 卢旺达|Rwanda
ROROU 罗马尼亚|Romania
MGMDG 马达加斯加|Madagascar
IMIMN 马恩岛|Isle of Man
MVMDV 马尔代夫|Maldives
FKFLK 马尔维纳斯群岛（福克兰群岛）|Falkland Islands (Malvinas)|福克兰群岛
MTMLT 马耳他|Malta
MWMWI 马拉维|Malawi
MYMYS 马来西亚|Malaysia
MLMLI 马里|Mali
MHMHL 马绍尔群岛|Marshall Islands
MQMTQ 马提尼克|Martinique
YTMYT 马约特|Mayotte
MUMUS 毛里求斯|Mauritius
MRMRT 毛里塔尼亚|Mauritania
USUSA 美国|United States|USA America
UMUMI 美国本土外小岛屿|U.S. Outlying Islands
ASASM 美属萨摩亚|American Samoa
VIVIR 美属维尔京群岛|U.S. Virgin Islands
MNMNG 蒙古|Mongolia
MSMSR 蒙特塞拉特|Montserrat
BDBGD 孟加拉国|Bangladesh
PEPER 秘鲁|Peru
FMFSM 密克罗尼西亚|Micronesia
MMMMR 缅甸|Myanmar|Burma
MDMDA 摩尔多瓦|Moldova
MAMAR 摩洛哥|Morocco
MCMCO 摩纳哥|Monaco
MZMOZ 莫桑比克|Mozambique
MXMEX 墨西哥|Mexico
NANAM 纳米比亚|Namibia
ZAZAF 南非|South Africa
AQATA 南极洲|Antarctica
GSSGS 南乔治亚和南桑威奇群岛|South Georgia and South Sandwich Islands
SSSSD 南苏丹|South Sudan
NRNRU 瑙鲁|Nauru
NINIC 尼加拉瓜|Nicaragua
NPNPL 尼泊尔|Nepal
NENER 尼日尔|Niger
NGNGA 尼日利亚|Nigeria
NUNIU 纽埃|Niue
NONOR 挪威|Norway
NFNFK 诺福克岛|Norfolk Island
PWPLW 帕劳|Palau
PNPCN 皮特凯恩群岛|Pitcairn Islands
PTPRT 葡萄牙|Portugal
JPJPN 日本|Japan
SESWE 瑞典|Sweden
CHCHE 瑞士|Switzerland
SVSLV 萨尔瓦多|El Salvador
WSWSM 萨摩亚|Samoa
RSSRB 塞尔维亚|Serbia
SLSLE 塞拉利昂|Sierra Leone
SNSEN 塞内加尔|Senegal
CYCYP 塞浦路斯|Cyprus
SCSYC 塞舌尔|Seychelles
SASAU 沙特阿拉伯|Saudi Arabia
BLBLM 圣巴泰勒米|Saint Barthélemy
CXCXR 圣诞岛|Christmas Island
STSTP 圣多美和普林西比|São Tomé and Príncipe
SHSHN 圣赫勒拿|Saint Helena
KNKNA 圣基茨和尼维斯|Saint Kitts and Nevis
LCLCA 圣卢西亚|Saint Lucia
SMSMR 圣马力诺|San Marino
PMSPM 圣皮埃尔和密克隆群岛|Saint Pierre and Miquelon
VCVCT 圣文森特和格林纳丁斯|Saint Vincent and Grenadines
LKLKA 斯里兰卡|Sri Lanka
SKSVK 斯洛伐克|Slovakia
SISVN 斯洛文尼亚|Slovenia
SJSJM 斯瓦尔巴和扬马延|Svalbard and Jan Mayen
SZSWZ 斯威士兰|Eswatini|Swaziland
SDSDN 苏丹|Sudan
SRSUR 苏里南|Suriname
SBSLB 所罗门群岛|Solomon Islands
SOSOM 索马里|Somalia
TJTJK 塔吉克斯坦|Tajikistan
THTHA 泰国|Thailand
TZTZA 坦桑尼亚|Tanzania
TOTON 汤加|Tonga
TCTCA 特克斯和凯科斯群岛|Turks and Caicos Islands
TTTTO 特立尼达和多巴哥|Trinidad and Tobago
TNTUN 突尼斯|Tunisia
TVTUV 图瓦卢|Tuvalu
TRTUR 土耳其|Türkiye|Turkey
TMTKM 土库曼斯坦|Turkmenistan
TKTKL 托克劳|Tokelau
WFWLF 瓦利斯和富图纳|Wallis and Futuna
VUVUT 瓦努阿图|Vanuatu
GTGTM 危地马拉|Guatemala
VEVEN 委内瑞拉|Venezuela
BNBRN 文莱|Brunei
UGUGA 乌干达|Uganda
UAUKR 乌克兰|Ukraine
UYURY 乌拉圭|Uruguay
UZUZB 乌兹别克斯坦|Uzbekistan
ESESP 西班牙|Spain
EHESH 西撒哈拉|Western Sahara
GRGRC 希腊|Greece
SGSGP 新加坡|Singapore
NCNCL 新喀里多尼亚|New Caledonia
NZNZL 新西兰|New Zealand
HUHUN 匈牙利|Hungary
SYSYR 叙利亚|Syria
JMJAM 牙买加|Jamaica
AMARM 亚美尼亚|Armenia
YEYEM 也门|Yemen
IQIRQ 伊拉克|Iraq
IRIRN 伊朗|Iran
ILISR 以色列|Israel
ITITA 意大利|Italy
ININD 印度|India
IDIDN 印度尼西亚|Indonesia
GBGBR 英国|United Kingdom|UK Britain England
VGVGB 英属维尔京群岛|British Virgin Islands
IOIOT 英属印度洋领地|British Indian Ocean Territory
JOJOR 约旦|Jordan
VNVNM 越南|Vietnam
ZMZMB 赞比亚|Zambia
JEJEY 泽西岛|Jersey
TDTCD 乍得|Chad
GIGIB 直布罗陀|Gibraltar
CLCHL 智利|Chile
CFCAF 中非共和国|Central African Republic
CNCHN 中国|China
MOMAC 中国澳门|Macao, China
TWTWN 中国台湾|Taiwan, China
HKHKG 中国香港|Hong Kong, China
`;

/** Lower case without accents, so that `cote` finds Côte d'Ivoire. */
const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();

export const COUNTRIES: readonly Country[] = TABLE.trim()
  .split('\n')
  .map((line) => {
    const [zh = '', en = '', also = ''] = line.slice(6).split('|');
    return {
      code: line.slice(2, 5),
      zh,
      en,
      find: folded(`${zh} ${en} ${also} ${line.slice(0, 2)} ${line.slice(2, 5)}`),
    };
  });

const IN_ENGLISH_ORDER = [...COUNTRIES].sort((a, b) => (folded(a.en) < folded(b.en) ? -1 : 1));

/** Names in the order of the language, Chinese ones by pinyin. */
export function countriesIn(locale: Locale): readonly Country[] {
  return locale === 'en' ? IN_ENGLISH_ORDER : COUNTRIES;
}

/** Those of which a word begins like `typed`, or that have it in their Chinese name; names that begin so come first. */
export function findCountries(typed: string, locale: Locale): readonly Country[] {
  const all = countriesIn(locale);
  const wanted = folded(typed.trim());
  if (wanted === '') return all;
  const hits = all.filter(({ find, zh }) => ` ${find}`.includes(` ${wanted}`) || zh.includes(wanted));
  const first = (country: Country) =>
    folded(country.en).startsWith(wanted) ||
    country.zh.startsWith(wanted) ||
    country.code.toLowerCase() === wanted;
  return [...hits.filter(first), ...hits.filter((country) => !first(country))];
}

/** The name of an alpha-3 code; null for none and for one that is not a country. */
export function countryName(code: string, locale: Locale): string | null {
  const country = COUNTRIES.find((one) => one.code === code);
  return country ? (locale === 'en' ? country.en : country.zh) : null;
}
