import type { Text } from './en';
import type { Wording } from './system-en';

/** 依赖图自身的文字。 */
export const topologyGraphZh = ({ number }: Pick<Wording, 'number'>): Text['topologyGraph'] => ({
  label: (drawn) => `依赖关系图，共 ${number(drawn)} 个节点。方向键沿连线移动，回车打开所在节点，加号、减号和 0 缩放。`,
  title: '拓扑',
  layingOut: '正在排布…',
  map: '全图缩略',
  zoomIn: '放大',
  zoomOut: '缩小',
  fit: '显示全部',
  services: (services, instances) => `${number(services)} 个服务 · ${number(instances)} 个实例`,
  emptyLane: '此处没有可显示的内容',
  any: '任意服务',
  kind: { service: '服务', gateway: '网关', database: '数据库', queue: '队列', absent: '未注册', any: '*' },
  passing: (passing, instances, isOld) =>
    isOld
      ? `当时 ${number(passing)}/${number(instances)} 正常`
      : passing === instances
        ? `${number(instances)} 个正常`
        : `${number(passing)}/${number(instances)} 正常`,
  passingServices: (passing, services) =>
    passing === services ? '全部正常' : `${number(passing)}/${number(services)} 正常`,
  rest: (count, isWell) => (isWell ? `+ ${number(count)} 个正常` : `+ 另有 ${number(count)} 个`),
  restLabel: (count, dc, isWell) => `${dc} 另有 ${number(count)} 个服务${isWell ? '，全部正常' : ''}：展开`,
  node: (name, dc, is, count) => `${dc} 的 ${name}，${is}，${count}`,
  group: (name, dc, is, count) => `${dc} 的分组 ${name}，${is}，${count}：展开`,
  stands: (name, dc, is, count, calledBy, calls) =>
    `${dc} 的 ${name}，${is}，${count}。被 ${number(calledBy)} 个调用，调用 ${number(calls)} 个。`,
  badge: {
    problem: (why) => why,
    flapping: (checks) => `抖动：${number(checks)} 项检查`,
    maintenance: (instances) => `维护中：${number(instances)} 个实例`,
    split: (parts) => `流量分配：${parts.join('，')}`,
    failover: (dcs) => `可由 ${dcs.join('，其次 ')} 接替`,
  },
  rate: (perSecond) =>
    perSecond > 0 && perSecond < 10 ? `${perSecond.toFixed(1)}/秒` : `${number(Math.round(perSecond))}/秒`,
  failing: (ratio) => `${(ratio * 100).toFixed(ratio < 0.1 ? 1 : 0)}% 失败`,
  share: (percent) => `${number(percent)}%`,
  order: (order) => `故障转移 ${number(order)}`,
  denied: '拒绝',
  mark: { undeclared: '未声明', unseen: '未见流量' },
  choices: {
    edges: '连线',
    edgesShown: { all: '全部', observed: '实测', declared: '声明' },
    group: '分组',
    each: '逐个服务',
    datacenter: '数据中心',
    tag: '标签',
    closeGroups: '收起已展开的',
    focus: (name) => `${name} 周围`,
    focusHere: (name) => `只看 ${name} 周围`,
    up: '到依赖它的服务的跳数',
    down: '到它所需服务的跳数',
    leave: '重新显示全部',
  },
});
