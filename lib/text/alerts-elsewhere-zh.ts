import type { Text } from './en';

interface Wording {
  readonly number: (value: number) => string;
}

/** 告警页面以外的页面如何提及告警。 */
export const alertsElsewhereZh = ({ number }: Wording): Text['alertsElsewhere'] => ({
  ofSubject: '本页所示对象的告警',
  firing: (count) => `${number(count)} 个告警触发中`,
  flapping: (count) => `${number(count)} 项抖动`,
  flappingWhy: '检查反复失败又恢复，尽管此刻可能正常。',
  servicesFlapping: (count) => `${number(count)} 个服务抖动`,
  aside: (silenced, inside) =>
    [
      ...(silenced > 0 ? [`${number(silenced)} 个已静默`] : []),
      ...(inside > 0 ? [`${number(inside)} 个含于其他告警`] : []),
    ].join('，'),
  more: (count) => `+ 另外 ${number(count)} 个`,
  fewer: '只显示最严重的',
  all: '所有告警',
  causeIn: '原因：',
  search: '告警',
});
