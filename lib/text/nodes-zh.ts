import type { nodesEn } from './nodes-en';

interface Wording {
  readonly number: (value: number) => string;
  readonly age: (ageMs: number) => string;
}

/** What the pages of nodes and instances say, in Simplified Chinese. */
export const nodesZh = ({ number, age }: Wording): ReturnType<typeof nodesEn> => ({
  column: { status: '状态', node: '节点', dc: '数据中心', address: '地址', services: '服务数', since: '持续' },
  filter: '过滤节点',
  runs: '运行的服务',
  none: '没有注册的节点',
  noneHint: '一旦有代理加入，节点就会自动显示在这里。',
  noneInPart: '没有 Lictor 可读取的已注册节点',
  empty: '此处没有注册的节点',
  emptyWhenLastSeen: '最后所见时此处没有注册的节点',
  noMatch: '没有节点符合过滤条件',
  noMatchHint: '词会在名称、地址、数据中心和服务中查找；并列的各项须同时满足。',
  all: '全部节点',

  checks: '节点检查',
  check: '检查',
  output: '原始输出',
  instances: '此节点上的实例',
  placed: '服务、实例',
  noCheckOfItsOwn: '没有自己的检查：以节点的检查为准',
  read: (ageMs) => `${age(ageMs)}前读取`,
  readWhy: '节点或其上的服务一有变化就重新读取，此外每隔几秒读取一次。',
  loading: '正在读取节点',
  goneHint: 'Consul 已不再列出此节点。下方是最后所见的内容；若它恢复，本页会自动显示。',
  notFound: (name, dc) => `${dc} 中没有节点 ${name}`,
  notFoundHint: '它可能已离开。若再次注册，本页会自动打开。',
  itIsIn: '同名节点位于',

  instance: {
    service: '服务',
    node: '节点',
    weights: (passing, warning) => `权重 ${number(passing)} / ${number(warning)}`,
    checks: '检查',
    loading: '正在读取实例',
    goneHint: '它已不再注册。下方是最后所见的内容；若它恢复，本页会自动显示。',
    notFound: (id, node, dc) => `${dc} 的 ${node} 上没有实例 ${id}`,
    notFoundHint: '它可能已被注销。若再次注册，本页会自动打开。',
    toNode: (node) => `前往节点 ${node}`,
  },
});
