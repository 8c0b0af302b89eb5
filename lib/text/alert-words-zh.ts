import type { FlapEvidence } from '@/lib/alerts/evidence';
import type { alertWordsEn, FlapCauseEvidence, SayMoment, ToldAlert } from './alert-words-en';
import { exactDuration } from './exact-duration';
import { visibleLine } from './visible-text';

interface Wording {
  readonly number: (value: number) => string;
  readonly list: (items: readonly string[]) => string;
  readonly duration: (durationMs: number) => string;
}

const MOST_CHECKS = 3;
const watchdog = '看门狗';

/** What alerts say, in Simplified Chinese. */
export const alertWordsZh = ({ number, list, duration }: Wording): ReturnType<typeof alertWordsEn> => {
  const percent = (share: number) => `${number(Math.round(share * 10) / 10)} %`;
  const exact = (ms: number) => exactDuration(ms, { ms: '毫秒', second: '秒' }, duration);
  const flapping = ({ subject }: ToldAlert, { flapping: some, all }: FlapEvidence) => {
    if (some === 0) return '其整体状态';
    const what = subject.kind === 'node' ? '服务' : '实例';
    return all === 1 ? `其唯一的${what}` : `${number(all)} 个${what}中的 ${number(some)} 个`;
  };
  const checks = (ids: readonly string[]) =>
    list(ids.slice(0, MOST_CHECKS).map(visibleLine)) +
    (ids.length > MOST_CHECKS ? ` 等 ${number(ids.length)} 项检查` : '');

  const title = ({ subject, evidence, state }: ToldAlert): string => {
    const name = visibleLine(subject.name);
    const over = state === 'resolved' ? '曾' : '';
    switch (evidence.kind) {
      case 'flapping':
        return `${name} ${over || '正在'}抖动`;
      case 'critical':
        return evidence.critical === evidence.all
          ? `${name} ${over}严重`
          : `${name}：${over}${number(evidence.all)} 个中 ${number(evidence.critical)} 个严重`;
      case 'few-healthy':
        return evidence.healthy === 0
          ? `${name} ${over}没有健康实例`
          : `${name} ${over}仅 ${number(evidence.healthy)} 个健康，需要 ${number(evidence.least)} 个`;
      case 'critical-share':
        return `${name} ${over}有 ${percent(evidence.share)} 严重`;
      case 'node-critical':
        return `节点 ${name} ${over}严重`;
      case 'no-leader':
        return `${name} ${over}没有领导者`;
      case 'datacenter-lost':
        return evidence.freshness === 'denied' ? `${name} ${over}拒绝 Lictor` : `${name} ${over}失去联系`;
      case 'mass-disappearance':
        return `${name} 有大量内容同时消失`;
      case 'expiry':
        return `${evidence.what === 'certificate' ? '证书' : '令牌'}${over}即将到期：${visibleLine(evidence.name)}`;
      case 'watchdog':
        return watchdog;
    }
  };

  const line = (alert: ToldAlert, when: SayMoment): string => {
    const { evidence } = alert;
    switch (evidence.kind) {
      case 'flapping':
        return `${flapping(alert, evidence)}${evidence.periodMs === null ? '' : `，约每 ${exact(evidence.periodMs)}一次`}`;
      case 'critical': {
        const check = evidence.instances[0]?.check ?? null;
        const share = `${number(evidence.all)} 个中 ${number(evidence.critical)} 个严重`;
        return check === null ? share : `${share}，${visibleLine(check)}`;
      }
      case 'few-healthy':
        return `${number(evidence.all)} 个中 ${number(evidence.healthy)} 个健康，需要 ${number(evidence.least)} 个`;
      case 'critical-share':
        return `${number(evidence.all)} 个实例中 ${number(evidence.critical)} 个严重`;
      case 'node-critical':
        return `其上有 ${number(evidence.serviceCount)} 个服务、${number(evidence.instances)} 个实例`;
      case 'no-leader':
        return '无法写入';
      case 'datacenter-lost':
        return evidence.lastContactAt === null ? '从未有过联系' : `最后联系于 ${when(evidence.lastContactAt)}`;
      case 'mass-disappearance':
        return `${number(evidence.instances)} 个实例、${number(evidence.nodes)} 个节点`;
      case 'expiry':
        return `${when(evidence.expiresAt)} 到期`;
      case 'watchdog':
        return '始终触发';
    }
  };

  const sentence = (alert: ToldAlert, when: SayMoment): string => {
    const { evidence, state } = alert;
    const over = state === 'resolved' ? '曾' : '';
    switch (evidence.kind) {
      case 'flapping': {
        const pace = evidence.periodMs === null ? '没有固定周期' : `约每 ${exact(evidence.periodMs)}一次`;
        const count = `${evidence.atLeast ? '至少 ' : ''}${number(evidence.changes)} 次变更`;
        return `${flapping(alert, evidence)}${over}反复失效又恢复，${pace}：至今${evidence.atLeast ? '' : ' '}${count}。`;
      }
      case 'critical':
        return `${number(evidence.all)} 个实例中 ${number(evidence.critical)} 个${over}处于严重状态超过 ${exact(evidence.longerThanMs)}。`;
      case 'few-healthy':
        return `${number(evidence.all)} 个实例中 ${number(evidence.healthy)} 个${over}正常或警告；规则要求至少 ${number(evidence.least)} 个。`;
      case 'critical-share':
        return `${number(evidence.all)} 个实例中 ${number(evidence.critical)} 个${over}严重，占 ${percent(evidence.share)}；规则允许 ${percent(evidence.above)}。`;
      case 'node-critical':
        return `${evidence.checks.length === 0 ? '该节点' : checks(evidence.checks)} ${over}严重，连带其上的 ${number(evidence.serviceCount)} 个服务。`;
      case 'no-leader':
        return '没有已知的 Raft 领导者：Consul 在那里不接受写入，读到的内容也可能已旧。';
      case 'datacenter-lost':
        if (evidence.freshness === 'denied') return 'Consul 在那里拒绝 Lictor 的令牌：看不到任何新内容。';
        return evidence.lastContactAt === null
          ? 'Lictor 从未得到那里的应答：对其一无所知。'
          : `自 ${when(evidence.lastContactAt)} 起${over}没有应答：所示为当时的内容。`;
      case 'mass-disappearance':
        return `${number(evidence.instances)} 个实例和 ${number(evidence.nodes)} 个节点不再出现在 Consul 的应答中，且没有任何迹象证实它们已消失。`;
      case 'expiry':
        return `${visibleLine(evidence.name)} 的${evidence.what === 'certificate' ? '证书' : '令牌'}将于 ${when(evidence.expiresAt)} 到期。若不更换，Lictor 将失去其用途所及的内容。`;
      case 'watchdog':
        return '只要 Lictor 还能告知任何人，它就一直触发：它一停，沉默便不再意味着平安。';
    }
  };

  const cause = (one: FlapCauseEvidence): string => {
    switch (one.id) {
      case 'timeout-not-below-interval':
        return `检查允许耗时 ${exact(one.timeoutMs)}，却每 ${exact(one.intervalMs)}执行一次：应答一慢就像失效。`;
      case 'in-step-with-interval':
        return `约每 ${exact(one.periodMs)}恢复一次，与每 ${exact(one.intervalMs)}执行一次的检查同步：一次慢应答或丢失的应答就足以判为失效。`;
      case 'one-node':
        return `节点 ${visibleLine(one.node)} 上 ${number(one.onNode.all)} 个实例中 ${number(one.onNode.flapping)} 个抖动，别处 ${number(one.elsewhere.all)} 个中 ${number(one.elsewhere.flapping)} 个：请查看该节点。`;
      case 'one-check':
        return `${number(one.checks)} 项检查中只有 ${visibleLine(one.check)} 如此。`;
      case 'deployments':
        return `${number(one.falls)} 次失效中有 ${number(one.soonAfter)} 次发生在 ${number(one.deployments)} 次部署之一后的 ${exact(one.withinMs)}之内。`;
    }
  };

  return { title, line, sentence, cause, exact, percent, watchdog };
};
