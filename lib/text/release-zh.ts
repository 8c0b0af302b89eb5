import type { Status } from '@/lib/fleet/model';
import type { Mechanism } from '@/lib/release/mechanism';
import { countedText, shareText } from '@/lib/release/slider/share-text';
import type { SplitVerdict, SplitWarning, VersionStage } from '@/lib/release/split-body';
import type { releaseEn } from './release-en';
import { releaseWarningsZh as warnings } from './release-warnings-zh';

interface Wording {
  readonly number: (value: number) => string;
  readonly age: (ageMs: number) => string;
}

const mechanism: Record<Mechanism, string> = { mesh: '网格', policy: '策略', weights: '权重' };

const mechanismIs: Record<Mechanism, string> = {
  mesh: 'service-splitter：由网格代理遵循',
  policy: '键值存储中的策略文档：由读取它的网关和客户端遵循',
  weights: '实例权重：由 DNS SRV、HAProxy 及遵循权重的客户端遵循',
};

const obeyedBy: Record<Mechanism, string> = {
  mesh: '由网格代理经 service-splitter 遵循',
  policy: '由读取键值存储中策略文档的网关和客户端遵循',
  weights: '由 DNS SRV、HAProxy 及遵循实例权重的客户端遵循',
};

const sourceOf: Record<Mechanism, string> = { mesh: '配置项', policy: '策略文档', weights: '实例权重' };

const verdict: Record<SplitVerdict['state'], string> = {
  settled: '流量与声明一致',
  moving: '已声明，流量正在移动',
  'not-moving': '已声明，但流量没有移动',
  'not-observed': '已声明，未观测',
};

const severity: Record<SplitWarning['severity'], string> = { danger: '危险', warning: '警告', note: '注意' };

const stage: Record<VersionStage, string> = { preparing: '准备中', active: '活跃', decommissioning: '下线中' };

const idle: Record<Status, string> = {
  passing: '从未验证：没有自己的检查',
  warning: '从未验证：没有自己的检查',
  critical: '不接流量：严重',
  maintenance: '不接流量：维护中',
  unknown: '不接流量：看不到',
};

/** What the slider on a service says, in Simplified Chinese. */
export const releaseZh = ({ number, age }: Wording): ReturnType<typeof releaseEn> => {
  const rate = (perSecond: number) => number(perSecond < 20 ? Math.round(perSecond * 10) / 10 : Math.round(perSecond));
  const shares = (parts: readonly (readonly [version: string, percent: number])[]) =>
    parts.map(([version, percent]) => `${version}：${shareText(percent)}`).join('，');
  return {
    title: '流量',
    onlyVersion: (version) => `全部流量都到 ${version}，它是唯一的版本：无可分配。`,
    noVersion: '没有注册的实例：没有可分配的流量。',
    reading: '正在读取流量的分配',

    mechanisms: '流量由什么分配',
    mechanism,
    mechanismIs,
    obeyedBy,
    sourceOf,
    dividesNow: '当前由它分配',
    cannotBy: (by) => `${mechanism[by]}在此无法分配`,

    verdict,
    undivided: '没有分配',
    lead: (words) => `${words}。`,

    bar: '各版本的流量',
    split: '分配',
    handle: (left, right) => `${left} 的份额，相对于 ${right}`,
    shares,
    share: (version) => `${version} 的份额，百分比`,
    shareWrong: '请输入 0 到 100 的数，小数点后最多两位。',
    from: (percent) => `原为 ${shareText(percent)}`,
    percent: shareText,
    counted: countedText,

    wish: '意愿',
    declared: '声明',
    observed: '观测',
    wishWords: '在此设定，尚未写入',
    noWish: '此处未作设定：可拖动手柄或输入数字',
    declaredWords: (source, index, since) =>
      `${source}${index === null ? '' : `，索引 ${index}`}${since === null ? '' : `，${since}`}`,
    declaredByInstances: '没有声明分配：每个接流量的实例所得相同',
    declaredBy: (by) => `${mechanism[by]}没有声明；此为另一种方式的现状`,
    observedWords: (error, requests, windowMs, source, ageMs) =>
      `${error === null ? '' : `± ${error}，`}${age(windowMs)}内 ${number(Math.round(requests))} 个请求，${source}，${age(ageMs)}前`,
    notObserved: '未观测',
    index: (index) => number(index),

    loads: '各版本所得',
    instances: (inTraffic, all) =>
      inTraffic === all ? `${number(all)} 个实例` : `${number(all)} 个实例中 ${number(inTraffic)} 个接流量`,
    noInstances: '没有运行的实例',
    rate: (perSecond) => `${rate(perSecond)}/秒`,
    becomes: (now, then) => `现在 ${now}，之后 ${then}`,
    idle,
    alike: (count) => `另有 ${number(count)} 个相同`,
    idleMore: (count) => `另有 ${number(count)} 个不接流量`,

    severity,
    about: (code) => (Object.hasOwn(warnings, code) ? (warnings[code] ?? null) : null),
    warnings: '写入之前',

    presets: (version) => `${version} 的份额`,
    discard: '放弃',
    preview: '预览',
    previewing: '正在询问将写入什么',

    standing: '现状',
    standingDivided: '分配方式',
    standingNothing: '无：每个接流量的实例所得相同',
    standingShares: '份额',
    standingSource: '声明于',
    standingIndex: '索引',
    standingSince: '始于',
    standingWish: '此处最后写入',
    standingBy: (text, by, time) => `${text}，由 ${by}，${time}`,
    standingRoutes: '请求头路由',
    standingFailover: '故障转移',
    nothing: '无',
    undo: '撤销最后一次写入',
    undoHint: '恢复其之前的状态。会先显示将写入的内容。',

    previewTitle: '预览',
    writes: (count) => `${number(count)} 次写入`,
    previewOf: { wish: '您的意愿', undo: '撤销', 'put-back': '恢复此处写入的内容' },
    moreWrites: (count) => `显示其余 ${number(count)} 次写入`,
    nothingWritten: '尚未写入任何内容',
    noWrites: 'Consul 中的现状已是如此。意愿和生命周期由 Lictor 保存。',
    keep: '保存',
    by: '方式',
    onlyIf: '前提',
    onlyIfIndex: (index) => `索引仍为 ${index}，否则拒绝`,
    onlyIfNothing: '仍没有任何声明，否则拒绝',
    willDeclare: '将声明',
    rounded: (points) => `取整误差最多 ${points} 个百分点`,
    exact: '与意愿完全一致',
    declaresNothing: '不涉及份额',
    before: '之前',
    after: '之后',
    absentBefore: '目前还没有。',
    absentAfter: '将被移除。',
    unchanged: (lines) => `${number(lines)} 行不变`,
    removedLine: '删除',
    addedLine: '新增',
    typeIt: {
      large: (version, from, to, digits) => `大幅变动：${version} 从 ${from} 到 ${to}。请输入 ${digits} 以写入。`,
      danger: (version, to, digits) => `此操作危险。请输入 ${version} 的份额（${to}）${digits} 以写入。`,
    },
    typed: (version) => `再次输入 ${version} 的份额`,
    write: (count) => `写入 ${number(count)} 处变更`,
    writing: '正在写入',
    close: '关闭预览',
    moved: '预览之后现状已变。请重新预览：不会覆盖它。',
    again: '重新预览',

    written: (text, time) => `已于 ${time} 写入：${text}。`,
    writtenOther: (time) => `已于 ${time} 写入。`,
    adopted: '已采纳：现状即为此处的意愿。',
    failed: '没有写入',
    previewFailed: '无法预览',
    notLost: '没有写入任何内容，您在此的设定仍然保留。',
    perhaps: '是否已写入尚不清楚。一旦读到现状即会显示；您在此的设定仍然保留。',
    unreachable: '无法连接 Lictor。',
    stale: '其间已被更改',
    staleHint: (present) => `没有写入任何内容。现状为：${present}。您的意愿已保留以供比较：请对照两者并重新预览。`,
    dismiss: '关闭提示',

    closed: '现在不能写入',
    notLive: (dc, freshness) => `${dc} ${freshness}。恢复实时后即可写入。`,
    unfinished: '有一个计划尚未结束',
    drift: '在 Lictor 之外被更改',
    driftWords: (wished, present) => `此处写入：${wished}。现状：${present}。`,
    driftNothing: '没有声明',
    wroteHere: '此处写入',
    stands: '现状',
    adopt: '采纳',
    adoptHint: '现状成为意愿，不写入其他内容。',
    putBack: '恢复',
    putBackHint: '重新写入此处曾写入的内容，会先显示给您。',
    differences: (count) => `${number(count)} 处差异`,

    around: '生命周期、请求头路由、故障转移',
    aroundSet: '在此设定，尚未写入',
    lifecycle: '生命周期',
    lifecycleHint: '准备中或下线中的版本所得流量不会增加。',
    stage,
    stageOf: (version) => `${version} 的生命周期`,
    routes: '请求头路由',
    routesHint: '带有此请求头的请求到此版本，不论份额如何。首个匹配者生效。',
    routesNot: '权重不识别请求头：请选择网格或策略。',
    noRoutes: '没有请求头路由。',
    header: '请求头',
    headerValue: '值',
    toVersion: '版本',
    addRoute: '添加路由',
    removeRoute: (header) => `移除 ${header} 的路由`,
    routeEmpty: '新路由',
    routeWrong: '路由需要请求头、值和版本。',
    failover: '故障转移',
    failoverHint: '没有可用实例时，由这些数据中心按此顺序接替。',
    failoverNot: '只有网格有故障转移顺序。',
    noFailover: '没有接替的数据中心。',
    addDatacenter: '添加数据中心',
    removeDatacenter: (dc) => `移除 ${dc}`,
    up: (what) => `上移 ${what}`,
    down: (what) => `下移 ${what}`,
  };
};
