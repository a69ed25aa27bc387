import { BlockList, isIP } from 'node:net';

const LOOPBACK = ['127.0.0.0/8', '::1'];

function add(list: BlockList, entry: string): boolean {
  const [address = '', prefix] = entry.split('/');
  const version = isIP(address);
  if (version === 0) return false;
  const family = version === 4 ? 'ipv4' : 'ipv6';
  if (prefix === undefined) {
    list.addAddress(address, family);
    return true;
  }
  const bits = Number(prefix);
  if (!/^\d{1,3}$/.test(prefix) || bits > (version === 4 ? 32 : 128)) return false;
  list.addSubnet(address, bits, family);
  return true;
}

const expand = (entries: readonly string[]): string[] =>
  entries.flatMap((entry) => (entry === 'loopback' ? LOOPBACK : entry === 'none' ? [] : [entry]));

/** Entries that are neither `loopback`, `none`, an address nor a CIDR range. */
export function unusableProxies(entries: readonly string[]): string[] {
  return expand(entries).filter((entry) => !add(new BlockList(), entry));
}

/** Says of an address whether it is one of our own proxies, whose forwarding headers are believed. */
export function trustedProxies(entries: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const entry of expand(entries)) add(list, entry);
  return (address) => {
    const plain = address.replace(/^::ffff:(?=\d+\.)/, '');
    const version = isIP(plain);
    return version !== 0 && list.check(plain, version === 4 ? 'ipv4' : 'ipv6');
  };
}
