import type { Outlet } from '@/lib/alerts/alert-body';
import type { Text } from './en';

interface Wording {
  readonly number: (value: number) => string;
}

const state: Record<Outlet['state'], string> = {
  ok: '送达正常',
  failing: '送达失败',
  idle: '由另一个 Lictor 发送',
  starting: '尚未尝试',
};

const kind: Record<Outlet['kind'], string> = { alertmanager: 'Alertmanager 实例', webhook: '网络回调' };

/** 关于告警发往何处，以及未能送达的内容。 */
export const deliveryZh = ({ number }: Wording): Text['delivery'] => ({
  title: '告警发往何处',
  loading: '正在读取告警去向',
  none: '告警没有发往任何地方',
  noneHint: '告警只在这里显示。LICTOR_ALERTMANAGER_URL 指定 Alertmanager，LICTOR_CONFIG 指定的文件可以包含网络回调。',
  state,
  kind,
  lastOk: (time) => `最近送达 ${time}`,
  neverOk: '尚未送达过',
  waiting: (count) => (count === 0 ? '无待发' : `${number(count)} 个待发`),
  holds: (count) => `自有静默 ${number(count)} 个`,
  open: (name) => `打开 ${name}`,
  given: (count) => `已放弃 ${number(count)} 次投递`,
  letters: '已放弃的投递',
  lettersHint: '达到尝试上限仍失败的投递，保留在此等待处理。',
  noLetters: '没有放弃的投递',
  lettersFailed: '无法读取已放弃的投递',
  alerts: (count) => `${number(count)} 个告警`,
  more: (count) => `另有 ${number(count)} 个`,
  tries: (count, from, to) => `尝试 ${number(count)} 次，${from} – ${to}`,
  send: '重新发送',
  sendOf: (outlet) => `重新发送到 ${outlet}`,
  sending: '正在发送',
  discard: '丢弃',
  discardOf: (outlet) => `丢弃发往 ${outlet} 的投递`,
  discardSure: '永久丢弃',
  keep: '保留',
  discarding: '正在丢弃',
  changed: '它刚刚被改动，现在显示的是最新状态。',
  failed: '操作失败',
  closed: '此 Lictor 为只读，不能在这里发送或丢弃。',
  unreachable: 'Lictor 没有回答，可能已执行，也可能没有。它一回答就会显示最新状态。',
});
