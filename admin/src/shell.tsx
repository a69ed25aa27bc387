import {
  AuditOutlined,
  BarChartOutlined,
  CalendarOutlined,
  DashboardOutlined,
  DatabaseOutlined,
  FileDoneOutlined,
  FileExcelOutlined,
  IdcardOutlined,
  LoginOutlined,
  LogoutOutlined,
  MessageOutlined,
  MobileOutlined,
  NodeIndexOutlined,
  SafetyCertificateOutlined,
  ScanOutlined,
  ScheduleOutlined,
  ShopOutlined,
  SmileOutlined,
  TeamOutlined,
  UserOutlined,
} from '@ant-design/icons';
import { zoneName } from '@talent-card/shared/accounts/districts';
import { type Permission, ROLE_NAMES } from '@talent-card/shared/accounts/permissions';
import { sandboxRoutes } from '@talent-card/shared/accounts/routes';
import { workbenchRoutes } from '@talent-card/shared/workbench/routes';
import { Button, Dropdown, Grid, Menu, Tooltip } from 'antd';
import {
  createContext,
  type ReactNode,
  Suspense,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { createPortal } from 'react-dom';
import { Link, Outlet, useLocation, useNavigate } from 'react-router';
import { useMay } from './access.js';
import { DisplayTools } from './components/display-tools.js';
import { PanelSkeleton } from './components/states.js';
import { commonTexts } from './i18n/common.js';
import { useLocalized, useText, useWord } from './i18n/index.js';
import { useRead } from './services/query.js';
import { signOut, useSession } from './services/session.js';

const HeadSlot = createContext<HTMLElement | null>(null);

interface Crumb {
  label: string;
  to: string;
}

/** Frame of one page: its place in the top bar, the title of the window, and what stands beside it. */
export function PageFrame({
  title,
  crumbs = [],
  aside,
  children,
}: {
  title: string;
  crumbs?: readonly Crumb[];
  aside?: ReactNode;
  children: ReactNode;
}) {
  const slot = useContext(HeadSlot);
  const c = useText(commonTexts);
  useEffect(() => {
    document.title = `${title} · ${c('product')}`;
  }, [title, c]);
  const head = (
    <>
      <div className="crumbs">
        {crumbs.map((crumb) => (
          <span key={crumb.to} className="row">
            <Link to={crumb.to}>{crumb.label}</Link>
            <span aria-hidden>/</span>
          </span>
        ))}
        <h1 title={title}>{title}</h1>
      </div>
      {aside}
    </>
  );
  return (
    <>
      {slot ? createPortal(head, slot) : null}
      {children}
    </>
  );
}

interface Entry {
  to: string;
  text: keyof typeof commonTexts.zh;
  icon: ReactNode;
  needs: Permission;
}

/** The side menu, a line between the parts: cards, what happens at venues, what is offered, the house itself. */
const PARTS: readonly (readonly Entry[])[] = [
  [
    { to: '/', text: 'workbench', icon: <DashboardOutlined aria-hidden />, needs: 'workbench.read' },
    { to: '/cases', text: 'cases', icon: <AuditOutlined aria-hidden />, needs: 'cases.read' },
    { to: '/cards', text: 'cards', icon: <IdcardOutlined aria-hidden />, needs: 'cards.read' },
    { to: '/roster', text: 'roster', icon: <DatabaseOutlined aria-hidden />, needs: 'roster.read' },
  ],
  [
    { to: '/window', text: 'window', icon: <ScanOutlined aria-hidden />, needs: 'uses.record' },
    { to: '/arrivals', text: 'arrivals', icon: <LoginOutlined aria-hidden />, needs: 'bookings.read' },
    { to: '/bookings', text: 'bookings', icon: <ScheduleOutlined aria-hidden />, needs: 'bookings.read' },
    { to: '/uses', text: 'uses', icon: <FileDoneOutlined aria-hidden />, needs: 'uses.read' },
    { to: '/ratings', text: 'ratings', icon: <SmileOutlined aria-hidden />, needs: 'feedback.read' },
    {
      to: '/statistics',
      text: 'statistics',
      icon: <BarChartOutlined aria-hidden />,
      needs: 'statistics.read',
    },
    { to: '/exports', text: 'exports', icon: <FileExcelOutlined aria-hidden />, needs: 'exports.make' },
  ],
  [
    { to: '/channels', text: 'channels', icon: <NodeIndexOutlined aria-hidden />, needs: 'channels.read' },
    { to: '/venues', text: 'venues', icon: <ShopOutlined aria-hidden />, needs: 'venues.read' },
  ],
  [
    {
      to: '/clerk-devices',
      text: 'clerkDevices',
      icon: <MobileOutlined aria-hidden />,
      needs: 'clerk-devices.read',
    },
    { to: '/staff', text: 'staff', icon: <TeamOutlined aria-hidden />, needs: 'staff.read' },
    { to: '/audit', text: 'audit', icon: <SafetyCertificateOutlined aria-hidden />, needs: 'audit.read' },
    { to: '/calendar', text: 'calendar', icon: <CalendarOutlined aria-hidden />, needs: 'calendar.read' },
    { to: '/messages', text: 'messages', icon: <MessageOutlined aria-hidden />, needs: 'messages.read-log' },
  ],
];

function SideMenu({ narrow }: { narrow: boolean }) {
  const c = useText(commonTexts);
  const word = useWord(commonTexts);
  const may = useMay();
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const numbers = useRead(workbenchRoutes.numbers, {}, { staleTime: 60_000, enabled: may('workbench.read') });
  const waiting = numbers.data?.waitingForMe ?? 0;
  const parts = PARTS.map((part) => part.filter((entry) => may(entry.needs))).filter(
    (part) => part.length > 0,
  );
  const open = parts
    .flat()
    .find((entry) => (entry.to === '/' ? pathname === '/' : `${pathname}/`.startsWith(`${entry.to}/`)));
  return (
    <nav aria-label={c('menu')}>
      <Menu
        theme="dark"
        mode="inline"
        inlineIndent={16}
        inlineCollapsed={narrow}
        selectedKeys={open ? [open.to] : []}
        onClick={({ key }) => void navigate(key)}
        items={parts.flatMap((part, index) => [
          ...(index > 0 ? [{ type: 'divider' as const, key: `before ${part[0]?.to}` }] : []),
          ...part.map((entry) => ({
            key: entry.to,
            icon: entry.icon,
            title: word(entry.text),
            label: (
              <span className="entry">
                {/* A real link, so that it opens in a new tab too; the menu itself serves the keyboard. */}
                <Link to={entry.to} tabIndex={-1} onClick={(event) => event.stopPropagation()}>
                  {word(entry.text)}
                </Link>
                {entry.to === '/cases' && waiting > 0 ? <span className="count num">{waiting}</span> : null}
              </span>
            ),
          })),
        ])}
      />
    </nav>
  );
}

/** Says on every page that nothing here is real; outside the sandbox the route does not exist. */
function SandboxMark() {
  const c = useText(commonTexts);
  const codes = useRead(sandboxRoutes.staffCodes, {}, { staleTime: Number.POSITIVE_INFINITY });
  return codes.data ? <span className="chip gold">{c('sandbox')}</span> : null;
}

function OwnAccount() {
  const c = useText(commonTexts);
  const localized = useLocalized();
  const navigate = useNavigate();
  const staff = useSession((session) => session.staff);
  if (!staff) return null;
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          {
            key: 'who',
            disabled: true,
            label: `${localized(ROLE_NAMES[staff.role])} · ${localized(zoneName(staff.zoneCode))}`,
          },
          { type: 'divider' },
          { key: 'account', icon: <UserOutlined aria-hidden />, label: c('account') },
          { key: 'out', icon: <LogoutOutlined aria-hidden />, label: c('signOut') },
        ],
        onClick: ({ key }) => {
          if (key === 'account') void navigate('/account');
          if (key === 'out') void signOut().catch(() => undefined);
        },
      }}
    >
      <Button type="text" icon={<UserOutlined aria-hidden />}>
        {staff.displayName}
      </Button>
    </Dropdown>
  );
}

/** Side menu, top bar and the page between them. */
export function Shell() {
  const c = useText(commonTexts);
  const localized = useLocalized();
  const screens = Grid.useBreakpoint();
  const narrow = screens.xl === false;
  const [slot, setSlot] = useState<HTMLElement | null>(null);
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const zone = useSession((session) => session.staff?.zoneCode);
  const footer = useMemo(() => (zone ? localized(zoneName(zone)) : ''), [zone, localized]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page begins at its top
  useEffect(() => {
    main.current?.scrollTo?.(0, 0);
  }, [pathname]);
  return (
    <HeadSlot value={slot}>
      <a className="skip" href="#page">
        {c('skip')}
      </a>
      <div className={narrow ? 'frame narrow' : 'frame'}>
        <div className="side">
          <Tooltip title={narrow ? `${c('product')} ${c('console')}` : ''} placement="right">
            <Link to="/" className="brand">
              <b className="serif brand-name">{narrow ? c('product').slice(0, 1) : c('product')}</b>
              <span>{c('console')}</span>
            </Link>
          </Tooltip>
          <SideMenu narrow={narrow} />
          <div className="side-foot">{footer}</div>
        </div>
        <div className="work">
          <header className="top">
            <div ref={setSlot} className="row grow" />
            <div className="tools">
              <SandboxMark />
              <DisplayTools />
              <OwnAccount />
            </div>
          </header>
          <main className="page" id="page" ref={main} tabIndex={-1}>
            <Suspense fallback={<PanelSkeleton />}>
              <Outlet />
            </Suspense>
          </main>
        </div>
      </div>
    </HeadSlot>
  );
}
