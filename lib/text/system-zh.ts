import type { GossipStatus, Quorum } from '@/lib/system/consul-health';
import type { ServerState } from '@/lib/system/server-state';
import type { systemEn, Wording } from './system-en';

const gossip: Record<GossipStatus, string> = {
  alive: '存活',
  leaving: '正在离开',
  left: '已离开',
  failed: '故障',
  unknown: '不可见',
};

const server: Record<ServerState, string> = {
  healthy: '健康',
  alive: '存活',
  unhealthy: '不健康',
  leaving: '正在离开',
  left: '已离开',
  failed: '故障',
  unseen: '不可见',
};

const quorumWord: Record<Quorum['state'], string> = {
  kept: '保有法定人数',
  lost: '失去法定人数',
  electing: '无领导者',
  unknown: '法定人数未知',
};

/** The same in Simplified Chinese. */
export const systemZh = ({ number, list, age }: Omit<Wording, 'plural'>): ReturnType<typeof systemEn> => ({
  title: '系统',
  gossip,
  server,
  verdict: {
    waiting: '正在等待首次查看',
    none: '尚未发现任何数据中心',
    lost: (dcs) => `${list(dcs)} 已失去法定人数`,
    electing: (dcs) => `${list(dcs)} 没有领导者`,
    unwell: (count, dcs) => `${list(dcs)} 中有 ${number(count)} 台 Consul 服务器异常`,
    unknown: (dcs) => `${list(dcs)} 是否有法定人数尚不清楚`,
    kept: (count) => `Consul 在 ${number(count)} 个数据中心保有法定人数`,
    keptIn: (dc) => `Consul 在 ${dc} 保有法定人数`,
  },
  quorum: (state, { voters, reachable, unseen, needed }) =>
    voters === 0
      ? quorumWord[state]
      : `${quorumWord[state]}：${number(voters)} 个投票者中 ${number(reachable)} 个可达，${unseen > 0 ? `${number(unseen)} 个不可见，` : ''}需要 ${number(needed)} 个`,
  mayLose: (count) => (count > 0 ? `还可失去 ${number(count)} 个` : '不可再失去任何一个'),
  servers: 'Consul 服务器',
  column: {
    state: '状态',
    server: '服务器',
    role: '角色',
    heard: '上次听到领导者',
    index: '日志索引',
    version: '版本',
  },
  role: { leader: '领导者', voter: '投票者', noVote: '无投票权', untold: '未告知' },
  heardAgo: (ageText) => `${ageText}前`,
  untold: '未告知',
  untoldWhy: 'Consul 没有说明，或令牌无权询问；原因见下方。',
  noServers: '尚未见到任何服务器',
  noServersHint: 'Consul 一旦列出服务器，就会显示在这里。',
  ago: (ageMs) => `${age(ageMs)}前`,
  never: '从未读到',
  readFrom: '读取来源',
  reading: {
    leader: '领导者',
    peers: 'Raft 节点',
    raft: '投票者',
    autopilot: '服务器健康',
    members: 'Gossip 成员',
  },
  configuration: { entries: '配置条目', intentions: '意图', keys: '键' },
  grant: '授予此规则后可见：',
  members: '成员',
  membersOf: { lan: '该数据中心的所有代理', wan: '其他数据中心所见的服务器' },
  member: (count, is) => `${number(count)} 个${gossip[is]}`,
  more: (count) => `还有 ${number(count)} 个`,
  versions: '版本',
  agents: (servers, clients) =>
    list([
      ...(servers > 0 ? [`${number(servers)} 台服务器`] : []),
      ...(clients > 0 ? [`${number(clients)} 个客户端`] : []),
    ]),
  mixed: '服务器版本不一致',
  plan: '计划',
  planned: {
    exact: (services) => `${number(services)} 个服务，逐一精确监视`,
    signals: (exact, services) => `${number(services)} 个服务中 ${number(exact)} 个精确监视，其余依靠信号`,
  },
  cost: '开销',
  costs: (readsPerSecond, watches) => `${number(watches)} 个等待查询，空闲时每秒 ${number(readsPerSecond)} 次读取`,
  notLive: (count) => `${number(count)} 个非实时`,
  delay: '可见时限',
  delays: { status: '状态', membership: '实例', definition: '定义', all: '全部' },
  within: (ms) => (ms < 1_000 ? `${number(ms)} 毫秒` : `${number(ms / 1_000)} 秒`),
  connections: '到 Consul 的连接',
  connection: {
    address: '地址',
    protocol: '协议',
    open: '已打开，上限',
    waiting: '等待中，上限',
    queued: '排队',
    requests: '请求数',
    errors: '失败',
  },
  outOf: (count, most) => `${number(most)} 中的 ${number(count)}`,
  unreachable: '没有应答',
  lictor: 'Lictor 自身',
  version: '版本',
  started: '启动时间',
  leadership: '主导权',
  leads: '由本 Lictor 主导',
  follows: (holder) => `跟随 ${holder}`,
  nobodyLeads: '目前不知由谁主导',
  leadBy: {
    session: '通过 Consul 会话',
    database: '通过共享数据库中的锁',
    alone: '不与他人共享记录',
  },
  record: '历史记录',
  recordState: {
    opening: '正在打开',
    writing: '由本 Lictor 写入',
    following: '由另一个 Lictor 写入',
    down: '目前无法写入',
  },
  recordIn: { sqlite: '数据目录中的 SQLite', postgres: '共享的 PostgreSQL' },
  recordQueued: (count) => `${number(count)} 条变更等待写入`,
  recordDropped: (count) => `${number(count)} 条变更因空间不足被放弃`,
  clients: '数据流',
  clientCount: (count) => `${number(count)} 个打开的数据流`,
  memory: '内存',
  megabytes: (bytes) => `${number(Math.round(bytes / 1_000_000))} 兆字节`,
  heap: (text) => `其中 ${text} 为 JavaScript 对象`,
  epoch: '纪元',
  problems: '问题',
  noProblems: '没有已知问题',
});
