import type { FreshnessState, Status } from '@/lib/fleet/model';
import { alertRulesZh } from './alert-rules-zh';
import { alertWordsZh } from './alert-words-zh';
import { alertsElsewhereZh } from './alerts-elsewhere-zh';
import { alertsZh } from './alerts-zh';
import { deliveryZh } from './delivery-zh';
import { type DurationUnit, durationParts } from './duration-parts';
import type { Text } from './en';
import { filterZh } from './filter-zh';
import { nodesZh } from './nodes-zh';
import { releaseZh } from './release-zh';
import { silencesZh } from './silences-zh';
import { systemZh } from './system-zh';
import { timelineZh } from './timeline-zh';
import { topologyGraphZh } from './topology-graph-zh';
import { topologyZh } from './topology-zh';

/** Every word that a page says, in Simplified Chinese. `Text` makes a missing key an error of types. */

const numbers = new Intl.NumberFormat('zh-CN');
const number = (value: number): string => numbers.format(value);
const list = (items: readonly string[]): string => items.join('、');

const units: Record<DurationUnit, string> = { day: '天', hour: '小时', minute: '分', second: '秒' };
const inWords = (durationMs: number, most: number): string =>
  durationParts(durationMs, most)
    .map(({ value, unit }) => `${value} ${most === 1 && unit === 'minute' ? '分钟' : units[unit]}`)
    .join(' ');
const age = (ageMs: number): string =>
  ageMs < 10_000 ? `${(Math.max(0, ageMs) / 1_000).toFixed(1)} 秒` : inWords(ageMs, 1);

const status: Record<Status, string> = {
  critical: '严重',
  warning: '警告',
  maintenance: '维护',
  unknown: '未知',
  passing: '正常',
};
const are: Record<Status, string> = { ...status, maintenance: '维护中' };
const freshness: Record<FreshnessState, string> = { live: '实时', stale: '陈旧', lost: '失联', denied: '无权限' };

export const zh: Text = {
  number,
  comma: '，',
  duration: (durationMs) => inWords(durationMs, 2),
  durationShort: (durationMs) => inWords(durationMs, 1),
  status,

  counts: {
    services: (count) => `${number(count)} 个服务`,
    instances: (count) => `${number(count)} 个实例`,
    nodes: (count) => `${number(count)} 个节点`,
    nodesWrong: (count) => `${number(count)} 个节点异常`,
    shareOf: (count, all, is) => `${number(all)} 个中 ${number(count)} 个${are[is]}`,
    shareWhenLastSeen: (count, all, is) => `最后所见：${number(all)} 个中 ${number(count)} 个${are[is]}`,
    byStatus: (counts) => counts.map(([is, count]) => `${number(count)} 个${are[is]}`).join('，'),
  },

  time: {
    since: (time) => `自 ${time} 起`,
    sinceAtLeast: (time) => `自 ${time} 或更早`,
    sinceAtLeastWhy: 'Lictor 首次查看时已是如此，实际开始时间可能更早。',
    old: (ageText) => `${ageText}前`,
    seen: (ageText) => `${ageText}前所见`,
    atLeast: (durationText) => `≥ ${durationText}`,
  },

  freshness: {
    state: freshness,
    age,
    live: (ageMs) => (ageMs === null ? '实时' : `实时 ${age(ageMs)}`),
    notLive: (state, ageMs) => {
      if (state === 'denied') return '无权限：令牌被拒绝';
      return ageMs === null ? `${freshness[state]}：从未联系上` : `${freshness[state]}：${age(ageMs)}前最后联系`;
    },
    partial: '部分可见',
    partialWhy: '令牌只能读取该数据中心的一部分，无权读取的内容不会在此显示。',
  },

  unconfirmed: {
    label: '已消失，待确认',
    share: (count, all) => `${number(all)} 个中 ${number(count)} 个已消失，待确认`,
    datacenter: (instances, nodes) =>
      `${[
        ...(instances > 0 ? [`${number(instances)} 个实例`] : []),
        ...(nodes > 0 ? [`${number(nodes)} 个节点`] : []),
      ].join('、')}已消失，待确认`,
    part: (dc, instances, nodes) => `${dc} 有 ${number(instances + nodes)} 个已消失，待确认`,
  },

  verdict: {
    waiting: '正在等待首次应答',
    none: '尚未发现任何数据中心',
    noSuchDatacenter: (dc) => `没有名为 ${dc} 的数据中心`,
    unreachable: (address, since) => `位于 ${address} 的 Consul ${since}没有应答`,
    lost: (dcs) => (dcs.length > 3 ? `全部 ${number(dcs.length)} 个数据中心均不可见` : `${list(dcs)} 不可见`),
    lostConnection: '与 Lictor 的连接已中断',
    denied: (dcs) => `${list(dcs)} 不允许 Lictor 读取`,
    lostNote: '下方是最后所见的内容。',
    deniedNote: 'Consul 拒绝了令牌。请为 Lictor 提供可读取服务和节点的令牌。',
    empty: (datacenters) => (datacenters === 1 ? '没有注册服务' : `${number(datacenters)} 个数据中心均没有注册服务`),
    emptyIn: (dc) => `${dc} 没有注册服务`,
    emptyInPart: '没有 Lictor 可读取的已注册服务',
    wrong: (is, count, dc, since) => `${number(count)} 个服务${are[is]}，${dc} 最重，${since}`,
    wrongOne: (is, service, dc, since) => `${dc} 的 ${service} ${are[is]}，${since}`,
    passing: (services, datacenters) => `${number(datacenters)} 个数据中心的 ${number(services)} 个服务全部正常`,
    passingIn: (services, dc) => `${dc} 的 ${number(services)} 个服务全部正常`,
    except: (dcs) => `${list(dcs)} 不可见`,
    inPart: (dcs) => `${list(dcs)} 仅部分可见`,
    partOld: (dc, ageText) => `${dc} 部分为 ${ageText}前`,
    partNever: (dc) => `${dc} 情况不明`,
    partDenied: (dc) => `${dc} 无权读取`,
  },

  pages: {
    overview: '总览',
    services: '服务',
    nodes: '节点',
    topology: '拓扑',
    timeline: '时间线',
    alerts: '告警',
    system: '系统',
    nav: '页面',
    skip: '跳到内容',
  },

  datacenters: {
    label: '数据中心及其新鲜度',
    all: '全部数据中心',
    leader: (address) => `领导者 ${address}`,
    noLeader: '无领导者',
    empty: '此处没有注册服务',
    emptyHint: '一旦有代理注册服务，就会自动显示在这里。',
    emptyWhenLastSeen: '最后所见时此处没有注册服务',
    denied: 'Lictor 无权读取该数据中心',
    lost: '尚未从此处读到任何内容',
    services: (dc) => `${dc} 的服务`,
  },

  overview: {
    wrong: '当前异常，最重在前',
    nothingWrong: '一切正常',
    nothingWrongHint: '服务一旦异常就会显示在这里，最重的在前。',
    nothingWrongInSight: '可见范围内一切正常',
    more: (count) => `+ ${number(count)} 个异常`,
    fewer: '只显示最重的',
    healthy: (count) => `+ ${number(count)} 个健康`,
    changes: '变更',
    changesSince: (time) => `自本页打开以来，${time}`,
    noChanges: '尚无变更',
    noChangesHint: '本页打开期间的变更会列在这里。',
    appeared: '新注册',
    removed: '已消失',
    merged: '其间可能还有更多变更：Consul 的一次应答合并了它们。',
  },

  order: {
    changed: '顺序已变',
    waiting: (count) => `另有 ${number(count)} 行`,
    apply: '应用',
    gone: '已消失',
  },

  list: {
    grouped: '按数据中心',
    flat: '单一列表',
    arrange: '排列方式',
    sortBy: (name) => `按${name}排序`,
    healthy: (count) => `${number(count)} 个健康`,
    healthyWhenLastSeen: (count) => `最后所见时 ${number(count)} 个健康`,
    shown: (shown, folded) => `显示 ${number(shown)} 个${folded > 0 ? `，折叠 ${number(folded)} 个` : ''}`,
    keys: { move: '移动', open: '打开', fold: '折叠', filter: '过滤' },
  },

  services: {
    filter: '按名称、标签、版本或数据中心过滤',
    clear: '清除过滤',
    column: {
      status: '状态',
      service: '服务',
      dc: '数据中心',
      passing: '正常比例',
      instances: '实例',
      since: '持续',
    },
    versions: '版本',
    what: '异常原因',
    tags: '标签',
    noMatch: '没有服务符合过滤条件',
    noMatchHint: '词会在名称、数据中心、标签和版本中查找；并列的各项须同时满足。',
    none: '没有注册服务',
    moreVersions: (count) => `+ ${number(count)}`,
  },

  subject: {
    gone: (name, time) => `${name} 自 ${time} 起已消失`,
    goneLabel: '已消失',
    unread: (name) => `尚未读到 ${name}`,
    unreadHint: 'Consul 一旦应答，本页会自动填充。',
    failed: (name) => `无法显示 ${name}`,
    breadcrumb: '当前位置',
    views: '视图',
    now: '当前',
    timeline: '时间线',
  },

  service: {
    elsewhere: '其他数据中心的同名服务',
    instances: '实例',
    worstFirst: '最重在前',
    when: '最后所见',
    instance: '实例、节点',
    address: '地址',
    version: '版本',
    weights: '权重',
    weightsWhy: '正常时 / 警告时的权重',
    tagsMeta: '标签、元数据',
    checks: '检查及其原始输出',
    nodeCheck: '节点',
    noChecks: '没有检查：Consul 视其为正常',
    noOutput: '无输出',
    noPort: '无端口',
    more: (count) => `+ ${number(count)} 个正常`,
    expand: '显示全部输出',
    collapse: '只显示首行',
    lines: (count) => `${number(count)} 行`,
    goneHint: '已没有任何注册的实例。下方是最后所见的内容；若它恢复，本页会自动显示。',
    noInstances: '没有注册的实例',
    loading: '正在读取实例',
    notFound: (name, dc) => `${dc} 中没有服务 ${name}`,
    notFoundHint: '它可能已被注销。若再次注册，本页会自动打开。',
    itIsIn: '它注册于',
    all: '全部服务',
  },

  nodes: nodesZh({ number, age }),

  release: releaseZh({ number, age }),

  silences: silencesZh({ number }),

  alertRules: alertRulesZh({ number }),

  delivery: deliveryZh({ number }),

  alertsElsewhere: alertsElsewhereZh({ number }),

  alerts: {
    ...alertsZh({ number, age }),
    words: alertWordsZh({ number, list, duration: (durationMs) => inWords(durationMs, 2) }),
  },

  filter: filterZh(list),

  system: systemZh({ number, list, age }),
  timeline: timelineZh({ number, status, duration: (durationMs) => inWords(durationMs, 2) }),
  topology: topologyZh({ number }),
  topologyGraph: topologyGraphZh({ number }),

  connection: {
    stale: (ageText) => `已有 ${ageText}没有收到 Lictor 的消息：所见为当时的内容。正在不断重试。`,
    staleNever: 'Lictor 的实时流没有应答：所见为打开本页时的内容。正在不断重试。',
    consulAway: (address, since) => `位于 ${address} 的 Consul ${since}没有应答：看不到新的变化。正在不断重试。`,
  },

  shell: {
    search: '搜索',
    language: '语言',
    theme: '主题',
    themes: { system: '跟随系统', dark: '深色', light: '浅色' },
    clock: '您所在时区的时间',
  },

  search: {
    title: '搜索服务、节点、实例和页面',
    placeholder: '服务、节点、实例、标签、版本、数据中心或页面',
    nothing: '没有这样的名称',
    asking: '正在查找实例',
    services: '服务',
    nodes: '节点',
    instances: (shown, total) => (total > shown ? `实例，共 ${number(total)} 个，显示 ${number(shown)} 个` : '实例'),
    pages: '页面',
  },

  error: {
    title: '无法显示此页',
    hint: 'Lictor 的监视不受影响。请重试；若仍如此，可凭此编号在服务器日志中查到原因：',
    retry: '重试',
    notFound: '没有这个页面',
    notFoundHint: '该地址不指向 Lictor 的任何页面。',
    home: '前往总览',
  },
};
