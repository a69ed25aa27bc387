import type {
  BookingRules,
  ChannelTerms,
  QuotaLimit,
  WriteChannel,
} from '@talent-card/shared/channels/schema';
import type { LocalizedText } from '@talent-card/shared/common/schema';
import type { DemoVenueKey } from './demo-venues.js';

/** First day of every cell of the demo's matrix. */
const SINCE = '2021-01-01';

export interface DemoChannel extends Omit<WriteChannel, 'version' | 'venueIds'> {
  readonly venues: readonly DemoVenueKey[];
  readonly terms: ChannelTerms[];
}

const t = (zh: string, en: string): LocalizedText => ({ zh, en });

interface Offer {
  readonly limits?: QuotaLimit[];
  readonly companions?: number;
  readonly discountPercent?: number;
  readonly capCents?: number;
}
const cell = (
  cardKind: ChannelTerms['cardKind'],
  cardClass: string | null,
  { limits = [], companions = 0, discountPercent, capCents }: Offer,
): ChannelTerms => ({
  cardKind,
  cardClass,
  effectiveFrom: SINCE,
  effectiveTo: null,
  limits,
  companions,
  discountPercent: discountPercent ?? null,
  capCents: capCents ?? null,
});
const talent = (offer: Offer = {}): ChannelTerms => cell('talent', null, offer);
const youth = (offer: Offer = {}): ChannelTerms => cell('youth', null, offer);
const classOf = (cardClass: string, offer: Offer): ChannelTerms => cell('talent', cardClass, offer);
const per = (window: QuotaLimit['window'], most: number): QuotaLimit[] => [{ window, most }];

const rules = (some: Partial<BookingRules> = {}): BookingRules => ({
  opensDaysAhead: 14,
  opensAt: '08:00',
  leadMinutes: 120,
  cancelMinutes: 240,
  rescheduleMinutes: 240,
  graceMinutes: 30,
  reviewed: false,
  offerMinutes: 60,
  ...some,
});

const FLOWS: Readonly<Record<WriteChannel['use'], LocalizedText>> = {
  code: t(
    '到窗口打开“出示码”，工作人员扫码核验后当场办理。没有网络也能出示。',
    'Open your code at the window. Staff scan it and serve you at once. It works without network too.',
  ),
  book: t(
    '选择场馆、日期和时段预约，到场后出示码核验。来不了请提前取消，名额会让给下一位。',
    'Book a venue, day and time, then show your code on arrival. Cancel early if you cannot come: the place goes to the next in line.',
  ),
  officer: t(
    '提交需求后由服务专员联系您，进度和答复在“我的申请”里可查。',
    'Hand in what you need; a service officer gets in touch. Progress and answers stand in your requests.',
  ),
  case: t(
    '在线填写申请并上传材料，窗口审核后答复；需要补正时会告诉您改哪里。',
    'Fill in the form and upload your documents. The office decides, and tells you exactly what to correct if anything is missing.',
  ),
  link: t('在官方平台办理，点“前往办理”打开。', 'Done on the official platform: tap to open it.'),
};
const ALL = t('持有效威海英才卡的人才', 'Holders of a valid Weihai talent card');
const ALL_AND_YOUTH = t('持有效威海英才卡或青年人才卡的人才', 'Holders of a valid talent card or youth card');

interface Sketch {
  readonly name: [zh: string, en: string];
  readonly summary: [zh: string, en: string];
  readonly provider: [zh: string, en: string];
  readonly content: [zh: string, en: string];
  readonly limit: [zh: string, en: string];
  readonly window: [zh: string, en: string];
  readonly who?: LocalizedText;
  readonly hotline: string;
  readonly terms: ChannelTerms[];
  readonly venues?: readonly DemoVenueKey[];
  readonly booking?: BookingRules;
  readonly more?: Partial<WriteChannel>;
}

let number = 0;
function channel(group: WriteChannel['group'], use: WriteChannel['use'], sketch: Sketch): DemoChannel {
  number += 1;
  const { name, summary, provider, content, limit, window, who, hotline, terms, venues, booking, more } =
    sketch;
  const companions = Math.max(...terms.map((one) => one.companions));
  return {
    number,
    group,
    use,
    name: t(...name),
    summary: t(...summary),
    provider: t(...provider),
    blocks: {
      content: t(...content),
      who: who ?? (terms.some((one) => one.cardKind === 'youth') ? ALL_AND_YOUTH : ALL),
      flow: FLOWS[use],
      limit: t(...limit),
      window: t(...window),
    },
    venues: venues ?? [],
    hotline,
    officialLink: null,
    companionRule:
      companions > 0
        ? t(
            `可带 ${companions} 位同行人，与持卡人一同到场`,
            `With up to ${companions} companion${companions > 1 ? 's' : ''} who come along with you`,
          )
        : null,
    booking: booking ?? null,
    // A place that was booked is worth letting somebody in for, network or not; medical ones want to be sure.
    offline: use === 'code' || group === 'sport' || group === 'travel' ? 'allowed' : 'online-only',
    sensitive: null,
    audience: { provincialCard: false, foreignersOnly: false },
    fundingGroup: null,
    perVenue: false,
    documentNumber: null,
    status: 'published',
    terms,
    ...more,
  };
}

/** The thirty green channels of the demo. Quotas, hours and phones are made up and marked as demo data. */
export const DEMO_CHANNELS: readonly DemoChannel[] = [
  channel('travel', 'code', {
    name: ['客轮优先', 'Ferry priority'],
    summary: ['优先购票、安检、登船', 'Tickets, security and boarding first'],
    provider: ['威海港国际客运中心', 'Weihai International Ferry Terminal'],
    content: [
      '乘坐威海至大连、韩国航线客轮时，在 1 号窗优先购票、改签，走人才通道安检登船。',
      'On ferries to Dalian and Korea: tickets and changes at window 1, then the talent lane through security and boarding.',
    ],
    limit: ['次数不限，随到随办', 'As often as you like, served on arrival'],
    window: ['国际客运中心 1 号窗', 'Window 1, International Ferry Terminal'],
    hotline: '0631-5190001',
    terms: [talent({ companions: 1 })],
    venues: ['port'],
  }),
  channel('travel', 'code', {
    name: ['刘公岛客轮优先', 'Island ferry priority'],
    summary: ['8 号窗优先购票登船', 'Window 8: tickets and boarding first'],
    provider: ['刘公岛客运中心', 'Liugong Island Ferry Pier'],
    content: [
      '前往刘公岛时，在 8 号窗优先购票，走人才通道登船，返程同样适用。',
      'To Liugong Island: tickets at window 8 and boarding through the talent lane, both ways.',
    ],
    limit: ['次数不限，随到随办', 'As often as you like, served on arrival'],
    window: ['刘公岛客运中心 8 号窗', 'Window 8, Liugong Island Ferry Pier'],
    hotline: '0631-5190002',
    terms: [talent({ companions: 1 })],
    venues: ['islandPier'],
  }),
  channel('travel', 'book', {
    name: ['机场贵宾候机', 'Airport lounge'],
    summary: ['一年 12 次，可带 1 人', '12 times a year, with a companion'],
    provider: ['威海机场', 'Weihai Airport'],
    content: [
      '威海机场贵宾厅候机、快速安检，含茶点和无线网络。请凭当日机票和身份证件。',
      'Lounge and quick security at Weihai Airport, with refreshments and Wi-Fi. Bring the ticket of the day and an ID document.',
    ],
    limit: ['请至少提前 2 小时预约，当日有效', 'Book at least 2 hours ahead; good for that day'],
    window: ['航站楼二层贵宾厅', 'Lounge, terminal level 2'],
    hotline: '0631-5190006',
    terms: [
      classOf('A', { limits: per('year', 24), companions: 2 }),
      talent({ limits: per('year', 12), companions: 1 }),
    ],
    venues: ['airport'],
    booking: rules({ cancelMinutes: 120, rescheduleMinutes: 120 }),
  }),
  channel('travel', 'code', {
    name: ['济南、青岛机场人才通道', 'Jinan and Qingdao airport lanes'],
    summary: ['惠才卡持有人，可带 1 人', 'For the provincial card, with a companion'],
    provider: ['省内机场', 'Airports in Shandong'],
    content: [
      '持山东惠才卡可在济南、青岛机场免费使用休息室，远机位提供贵宾摆渡车。国际航班请提前 2 小时致电。',
      'With the provincial Huicai card: free lounges at Jinan and Qingdao, and a car to remote stands. For international flights call 2 hours ahead.',
    ],
    limit: ['凭卡、身份证件和当日机票', 'With card, ID document and the ticket of the day'],
    window: ['出发层人才服务台', 'Talent desk, departures'],
    who: t('持有效山东惠才卡的人才', 'Holders of a valid Shandong Huicai card'),
    hotline: '0631-5190007',
    terms: [talent({ companions: 1 })],
    venues: ['provincialAirports'],
    more: { audience: { provincialCard: true, foreignersOnly: false } },
  }),
  channel('travel', 'book', {
    name: ['火车站优先进站', 'Railway station priority'],
    summary: ['一年 24 次，可带 1 人', '24 times a year, with a companion'],
    provider: ['威海站、威海北站', 'Weihai and Weihai North stations'],
    content: [
      '走专用通道验票、安检、进站，并可在商务座候车区候车。',
      'A lane of your own for tickets, security and entry, and the business lounge to wait in.',
    ],
    limit: ['请至少提前 1 小时预约', 'Book at least an hour ahead'],
    window: ['威海站 3 号通道、威海北站 1 号通道', 'Lane 3 at Weihai, lane 1 at Weihai North'],
    hotline: '0631-5190008',
    terms: [talent({ limits: per('year', 24), companions: 1 })],
    venues: ['station', 'stationNorth'],
    booking: rules({ leadMinutes: 60, cancelMinutes: 60, rescheduleMinutes: 60 }),
  }),
  channel('travel', 'code', {
    name: ['公交免费乘车', 'Free city buses'],
    summary: ['扫码乘车，三年有效', 'Ride with your code, for three years'],
    provider: ['市公交集团', 'Weihai Bus Group'],
    content: [
      '乘坐全市公交线路免费，上车扫码即可。一天最多计 20 次。',
      'Every city bus line is free: show your code when you get on. Up to 20 rides a day.',
    ],
    limit: ['领卡之日起三年', 'Three years from the day of the card'],
    window: ['车载扫码机', 'The reader on the bus'],
    hotline: '0631-5190010',
    terms: [talent({ limits: per('day', 20) }), youth({ limits: per('day', 20) })],
    venues: ['buses'],
  }),
  channel('travel', 'code', {
    name: ['公共停车优惠', 'Public parking'],
    summary: ['每天免费 2 小时', '2 hours free each day'],
    provider: ['市属停车公司', 'City Parking Company'],
    content: [
      '市属公共停车场每天一次免费停车 2 小时，超出部分按标准收费。出场时向收费员出示码。',
      'Two free hours once a day in city car parks; the normal rate after that. Show your code at the exit.',
    ],
    limit: ['每天 1 次', 'Once a day'],
    window: ['停车场出口岗亭', 'The booth at the exit'],
    hotline: '0631-5190011',
    terms: [talent({ limits: per('day', 1) })],
    venues: ['parking'],
  }),
  channel('travel', 'code', {
    name: ['车驾管业务专窗', 'Vehicle and licence window'],
    summary: ['驾照、车辆业务专人办理', 'Licences and vehicles, served by one officer'],
    provider: ['市交警支队车管所', 'Vehicle Administration Office'],
    content: [
      '驾驶证、行驶证补换领，境外驾照换领，车辆登记等业务专窗办理。',
      'Renewal of licences, exchange of foreign licences and vehicle registration at a window of its own.',
    ],
    limit: ['材料齐全当场办结', 'Done on the spot when the papers are complete'],
    window: ['车管所 6 号窗', 'Window 6, Vehicle Administration Office'],
    hotline: '0631-5190012',
    terms: [talent()],
    venues: ['vehicles'],
  }),
  channel('medical', 'book', {
    name: ['专家预约陪诊', 'Specialist appointment and escort'],
    summary: ['一年 6 次，专人陪诊', '6 times a year, with an escort'],
    provider: ['威海市立医院', 'Weihai Municipal Hospital'],
    content: [
      '协助预约专家门诊，就诊当日由导诊专员陪同取号、检查、取药。就诊次序与其他患者一致。',
      'Help with a specialist appointment, and an escort on the day for registration, tests and the pharmacy. The order of patients is the same for all.',
    ],
    limit: ['请至少提前 1 天预约', 'Book at least a day ahead'],
    window: ['门诊楼一层人才服务台', 'Talent desk, outpatient building, ground floor'],
    hotline: '0631-5190013',
    terms: [talent({ limits: per('year', 6) })],
    venues: ['municipalHospital'],
    booking: rules({ leadMinutes: 1_440, cancelMinutes: 1_440, rescheduleMinutes: 1_440, offerMinutes: 240 }),
    more: { sensitive: 'health' },
  }),
  channel('medical', 'book', {
    name: ['年度健康体检', 'Yearly check-up'],
    summary: ['一年 1 次，最高 2000 元', 'Once a year, up to ¥2,000'],
    provider: ['威海市中心医院', 'Weihai Central Hospital'],
    content: [
      '每年一次健康体检，费用 2000 元以内由财政负担。当年已享受单位或其他渠道体检补贴的不重复享受。',
      'One check-up a year, paid by the city up to ¥2,000. Not in addition to another publicly paid check-up in the same year.',
    ],
    limit: ['每年 1 次，请提前 2 天预约', 'Once a year; book 2 days ahead'],
    window: ['体检中心前台', 'Front desk of the check-up centre'],
    hotline: '0631-5190014',
    terms: [talent({ limits: per('year', 1), capCents: 200_000 })],
    venues: ['centralHospital'],
    booking: rules({ leadMinutes: 2_880, cancelMinutes: 1_440, rescheduleMinutes: 1_440, offerMinutes: 240 }),
    more: { sensitive: 'health', fundingGroup: 'check-up' },
  }),
  channel('medical', 'officer', {
    name: ['保健医生', 'Personal doctor'],
    summary: ['A 类人才，一年 12 次咨询', 'Class A: 12 consultations a year'],
    provider: ['威海市立医院', 'Weihai Municipal Hospital'],
    content: [
      '为 A 类人才配备保健医生，提供健康咨询、用药指导和就医建议。',
      'A doctor of one’s own for class A: advice on health, medicines and where to go.',
    ],
    limit: ['2 个工作日内联系', 'Gets in touch within 2 working days'],
    window: ['市立医院保健科', 'Health care department, Municipal Hospital'],
    who: t('A 类威海英才卡持有人', 'Holders of a class A talent card'),
    hotline: '0631-5190013',
    terms: [classOf('A', { limits: per('year', 12) })],
    venues: ['municipalHospital'],
    more: { sensitive: 'health' },
  }),
  channel('medical', 'book', {
    name: ['中医理疗', 'Chinese physiotherapy'],
    summary: ['一年 6 次，八折', '6 times a year, 20% off'],
    provider: ['威海市中医院', 'Weihai Hospital of Chinese Medicine'],
    content: [
      '推拿、针灸、艾灸等理疗项目八折，一年 6 次。',
      'Massage, acupuncture and moxibustion at 20% off, six times a year.',
    ],
    limit: ['请至少提前半天预约', 'Book at least half a day ahead'],
    window: ['中医院理疗科', 'Physiotherapy department'],
    hotline: '0631-5190015',
    terms: [talent({ limits: per('year', 6), discountPercent: 20 })],
    venues: ['chineseMedicine'],
    booking: rules({ leadMinutes: 720, cancelMinutes: 720, rescheduleMinutes: 720 }),
    more: { sensitive: 'health' },
  }),
  channel('culture', 'code', {
    name: ['刘公岛免票', 'Liugong Island, free entry'],
    summary: ['一年 4 次，可带 1 人', '4 times a year, with a companion'],
    provider: ['刘公岛景区', 'Liugong Island Scenic Area'],
    content: [
      '刘公岛景区免首道门票，含甲午战争陈列馆。船票另付。',
      'Free entry to the island and its museum of the war of 1894. The ferry is paid separately.',
    ],
    limit: ['一年 4 次，当日有效', '4 times a year, good for the day'],
    window: ['景区检票口', 'The ticket gate'],
    hotline: '0631-5190003',
    terms: [talent({ limits: per('year', 4), companions: 1 })],
    venues: ['island'],
  }),
  channel('culture', 'code', {
    name: ['国有 A 级景区免票', 'State-owned scenic areas, free entry'],
    summary: ['每个景区一年 1 次', 'Each once a year'],
    provider: ['市文化和旅游局', 'Culture and Tourism Bureau'],
    content: [
      '全市国有 A 级景区免首道门票，每个景区一年 1 次。',
      'Free entry to each state-owned scenic area once a year.',
    ],
    limit: ['每个景区一年 1 次', 'Each once a year'],
    window: ['各景区检票口', 'The ticket gate of each'],
    hotline: '0631-5190004',
    terms: [talent({ limits: per('year', 1) })],
    venues: ['chengshan', 'silverBeach'],
    more: { perVenue: true },
  }),
  channel('culture', 'code', {
    name: ['图书馆加借', 'More books from the library'],
    summary: ['一次可借 20 册', 'Borrow 20 books at a time'],
    provider: ['威海市图书馆', 'Weihai Library'],
    content: [
      '借阅册数提高到 20 册，借期 60 天，可续借一次。首次到馆由工作人员开通。',
      'Borrow 20 books for 60 days, renewable once. Staff set it up at your first visit.',
    ],
    limit: ['周一闭馆', 'Closed on Mondays'],
    window: ['一层总服务台', 'Main desk, ground floor'],
    hotline: '0631-5190016',
    terms: [talent(), youth()],
    venues: ['library'],
  }),
  channel('culture', 'code', {
    name: ['观影优惠', 'Cinema'],
    summary: ['一个月 4 次', '4 times a month'],
    provider: ['签约影院', 'Partner cinemas'],
    content: ['签约影院观影，每月 4 次免费换票。', 'Four free tickets a month at partner cinemas.'],
    limit: ['每月 4 次，不累计', '4 a month, not carried over'],
    window: ['影院前台', 'The cinema desk'],
    hotline: '0631-5190017',
    terms: [talent({ limits: per('month', 4) })],
    venues: ['cinema'],
  }),
  channel('sport', 'book', {
    name: ['公共体育场馆', 'Public sports halls'],
    summary: ['一周 3 次，免费', '3 times a week, free'],
    provider: ['市全民健身中心', 'City Fitness Centre'],
    content: [
      '健身房、乒乓球、瑜伽等场地免费，按时段预约。',
      'Gym, table tennis and yoga for free, by time slot.',
    ],
    limit: ['一周 3 次', '3 times a week'],
    window: ['场馆前台', 'Front desk'],
    hotline: '0631-5190018',
    terms: [talent({ limits: per('week', 3) })],
    venues: ['fitness', 'rongchengGym'],
    booking: rules({ leadMinutes: 30, cancelMinutes: 120, rescheduleMinutes: 120, offerMinutes: 30 }),
  }),
  channel('sport', 'book', {
    name: ['游泳、羽毛球', 'Swimming and badminton'],
    summary: ['一个月 8 次', '8 times a month'],
    provider: ['市体育中心', 'City Sports Centre'],
    content: [
      '游泳馆、羽毛球馆按时段预约，每月 8 次。',
      'Pool and badminton hall by time slot, eight times a month.',
    ],
    limit: ['每月 8 次，不累计', '8 a month, not carried over'],
    window: ['场馆前台', 'Front desk'],
    hotline: '0631-5190019',
    terms: [talent({ limits: per('month', 8), companions: 1 }), youth({ limits: per('month', 8) })],
    venues: ['sports'],
    booking: rules({ leadMinutes: 30, cancelMinutes: 120, rescheduleMinutes: 120, offerMinutes: 30 }),
  }),
  channel('education', 'case', {
    name: ['子女入园入学', 'Kindergarten and school places'],
    summary: ['按意愿统筹安排', 'Arranged after your wishes'],
    provider: ['市教育局', 'Education Bureau'],
    content: [
      '子女入园、入学按本人意愿和学位情况统筹安排。请在每年 6 月底前提交。',
      'Places are arranged after your wishes as far as there are any. Hand it in by the end of June.',
    ],
    limit: ['10 个工作日内答复', 'Answered within 10 working days'],
    window: ['市政务服务中心人才专窗', 'Talent window, government service hall'],
    hotline: '0631-5190020',
    terms: [talent()],
    venues: ['governmentHall'],
    more: { sensitive: 'minor' },
  }),
  channel('education', 'case', {
    name: ['子女转学', 'Changing schools'],
    summary: ['随时受理', 'At any time of the year'],
    provider: ['市教育局', 'Education Bureau'],
    content: [
      '人才引进后子女转入威海就读，随时受理，就近协调学位。',
      'Children of newcomers change to a school in Weihai at any time of the year, near home where possible.',
    ],
    limit: ['10 个工作日内答复', 'Answered within 10 working days'],
    window: ['市政务服务中心人才专窗', 'Talent window, government service hall'],
    hotline: '0631-5190020',
    terms: [talent()],
    venues: ['governmentHall'],
    more: { sensitive: 'minor' },
  }),
  channel('family', 'officer', {
    name: ['配偶就业', 'Work for partners'],
    summary: ['专员一对一推荐岗位', 'An officer recommends posts'],
    provider: ['市人社局', 'Human Resources Bureau'],
    content: [
      '随迁配偶就业由服务专员了解意愿后推荐岗位，全程跟进一次。',
      'An officer asks what your partner is looking for, recommends posts and follows it through.',
    ],
    limit: ['3 个工作日内联系', 'Gets in touch within 3 working days'],
    window: ['市政务服务中心人才专窗', 'Talent window, government service hall'],
    hotline: '0631-5190020',
    terms: [talent({ limits: per('lifetime', 1) })],
    venues: ['governmentHall'],
  }),
  channel('settling', 'code', {
    name: ['落户专窗', 'Residence registration'],
    summary: ['本人及家属落户专窗办', 'For you and your family, at one window'],
    provider: ['市公安局', 'Public Security Bureau'],
    content: [
      '本人、配偶、未成年子女落户专窗办理，可落单位集体户或社区公共户。',
      'Residence for you, your partner and your children at a window of its own, with a household of the employer or the community.',
    ],
    limit: ['材料齐全当场办结', 'Done on the spot when the papers are complete'],
    window: ['公安局落户专窗', 'Residence window, Public Security Bureau'],
    hotline: '0631-5190021',
    terms: [talent()],
    venues: ['police'],
  }),
  channel('entry-exit', 'code', {
    name: ['签证居留专窗', 'Visa and residence permit'],
    summary: ['外籍人才专窗办理', 'A window for foreign talents'],
    provider: ['市公安局出入境管理支队', 'Exit-Entry Administration'],
    content: [
      '工作类居留许可、人才签证及随行家属证件专窗受理。',
      'Work residence permits, talent visas and papers of the family at a window of its own.',
    ],
    limit: ['7 个工作日内办结', 'Done within 7 working days'],
    window: ['出入境大厅人才专窗', 'Talent window, exit-entry hall'],
    who: t('持有效威海英才卡的外籍人才', 'Foreign holders of a valid talent card'),
    hotline: '0631-5190022',
    terms: [talent()],
    venues: ['borderOffice'],
    more: { audience: { provincialCard: false, foreignersOnly: true } },
  }),
  channel('foreign-experts', 'link', {
    name: ['外国专家驿站登记', 'Foreign expert station'],
    summary: ['在线登记，专人对接', 'Register online'],
    provider: ['市外国专家驿站', 'Weihai Foreign Expert Station'],
    content: [
      '外国专家来威工作、讲学、短期交流的登记和对接服务。',
      'Registration and contacts for foreign experts who work, teach or visit in Weihai.',
    ],
    limit: ['登记后 3 个工作日内联系', 'Gets in touch within 3 working days'],
    window: ['线上办理', 'Online'],
    who: t('持有效威海英才卡的外籍人才', 'Foreign holders of a valid talent card'),
    hotline: '0631-5190020',
    terms: [talent()],
    more: {
      officialLink: 'https://fuwu.most.gov.cn/lhgzweb/',
      audience: { provincialCard: false, foreignersOnly: true },
    },
  }),
  channel('housing', 'officer', {
    name: ['人才公寓优先', 'Talent apartments first'],
    summary: ['登记意向，房源开放时优先', 'Register your interest'],
    provider: ['市住建局', 'Housing Bureau'],
    content: [
      '登记居住意向，人才公寓开放申请时优先受理并通知您。每人限 1 套。',
      'Register your interest; when flats open you are told first. One flat a person.',
    ],
    limit: ['5 个工作日内答复', 'Answered within 5 working days'],
    window: ['市政务服务中心人才专窗', 'Talent window, government service hall'],
    hotline: '0631-5190020',
    terms: [talent({ limits: per('lifetime', 1) }), youth({ limits: per('lifetime', 1) })],
    venues: ['governmentHall'],
  }),
  channel('housing', 'case', {
    name: ['购房补贴', 'Home purchase subsidy'],
    summary: ['分 5 年发放，每年 20%', 'Paid over 5 years, 20% each'],
    provider: ['环翠区人社局', 'Huancui Human Resources Bureau'],
    content: [
      '青年人才首次在环翠购房，博士 12 万元、硕士 8 万元、双一流本科 5 万元，分 5 年每年发放 20%。',
      'For a first home in Huancui: ¥120,000 for doctors, ¥80,000 for masters, ¥50,000 for bachelors of double first-class universities, paid over 5 years.',
    ],
    limit: ['入职 5 年内购房', 'Bought within 5 years of starting work'],
    window: ['环翠区人社局', 'Huancui Human Resources Bureau'],
    who: t('持青年人才卡的人才', 'Holders of a youth card'),
    hotline: '0631-5190023',
    terms: [youth({ limits: per('lifetime', 5) })],
    venues: ['huancuiOffice'],
    more: { documentNumber: '环翠“英才汇翠”政策' },
  }),
  channel('finance', 'case', {
    name: ['人才贷', 'Talent loan'],
    summary: ['最高 1000 万元', 'Up to ¥10 million'],
    provider: ['合作银行', 'Partner banks'],
    content: [
      '创业人才可申请信用贷款，最高 1000 万元，由合作银行审批。',
      'Founders may ask for a loan without security of up to ¥10 million, decided by the partner bank.',
    ],
    limit: ['10 个工作日内答复', 'Answered within 10 working days'],
    window: ['市政务服务中心人才专窗', 'Talent window, government service hall'],
    hotline: '0631-5190020',
    terms: [talent({ capCents: 1_000_000_000 })],
    venues: ['governmentHall'],
  }),
  channel('government', 'book', {
    name: ['政务专窗代办', 'Government errands'],
    summary: ['预约专窗，专人代办', 'Book the window; an officer does it for you'],
    provider: ['市行政审批服务局', 'Administrative Approval Bureau'],
    content: [
      '企业开办、项目审批、证照办理等事项，预约后由专员全程代办。',
      'Founding a firm, approvals and licences: book a time, and an officer does the rest.',
    ],
    limit: ['请至少提前半天预约', 'Book at least half a day ahead'],
    window: ['市政务服务中心 12 号窗', 'Window 12, government service hall'],
    hotline: '0631-5190020',
    terms: [talent()],
    venues: ['governmentHall'],
    booking: rules({ leadMinutes: 240, reviewed: true }),
  }),
  channel('career', 'case', {
    name: ['职称、岗位、编制', 'Titles and posts'],
    summary: ['绿色通道评审和聘用', 'Review and appointment outside the queue of quotas'],
    provider: ['市人社局', 'Human Resources Bureau'],
    content: [
      '职称评审不受岗位结构比例限制，事业单位引进人才可使用专项编制。',
      'Titles are reviewed without the usual share of posts, and public institutions may use special posts.',
    ],
    limit: ['15 个工作日内答复', 'Answered within 15 working days'],
    window: ['市政务服务中心人才专窗', 'Talent window, government service hall'],
    hotline: '0631-5190020',
    terms: [talent()],
    venues: ['governmentHall'],
  }),
  channel('general', 'officer', {
    name: ['税务、海关、社保、法律联办', 'Tax, customs, insurance and law'],
    summary: ['一件事，多部门一次办', 'Many offices, one request'],
    provider: ['多部门联办', 'Several offices together'],
    content: [
      '涉及税务、海关、社保、法律等多个部门的事项，由服务专员统一受理、分头协调、一次答复。',
      'What concerns tax, customs, insurance or law is taken by one officer, sorted out among the offices and answered once.',
    ],
    limit: ['5 个工作日内答复', 'Answered within 5 working days'],
    window: ['市政务服务中心人才专窗', 'Talent window, government service hall'],
    hotline: '0631-5190020',
    terms: [talent()],
    venues: ['governmentHall'],
  }),
];
