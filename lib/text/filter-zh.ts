import { examples } from '@/lib/filter/examples';
import type { FieldName } from '@/lib/filter/field-names';
import type { FilterError, FilterErrorCode } from '@/lib/filter/filter-error';
import type { FilterSubject } from '@/lib/filter/schema';
import type { Operator } from '@/lib/filter/syntax';
import { type filterEn, quotedPart } from './filter-en';

const subjects: Record<FilterSubject, string> = {
  services: '服务',
  instances: '实例',
  nodes: '节点',
  transitions: '变更记录',
  alerts: '告警',
  calls: '调用',
};

const fields: Record<FieldName, string> = {
  name: '名称，或其中一部分',
  service: '服务名称，或其中一部分',
  instance: '实例 ID，或其中一部分',
  node: '节点名称，或其中一部分',
  dc: '数据中心，须写全名',
  status: '当前状态',
  freshness: '所在数据中心的可信程度',
  since: '持续了多久：<10m、>1h',
  tag: '带有的标签',
  version: '版本：1.4、>=1.5、<2.0.0-rc.1',
  meta: '元数据，按键名',
  id: 'ID，或其中一部分',
  address: '地址，或其中一部分',
  port: '端口',
  weight: '正常时的权重',
  check: '检查的名称或 ID，或其中一部分',
  instances: '实例数',
  passing: '正常的实例数',
  warning: '警告的实例数',
  critical: '严重的实例数',
  maintenance: '维护中的实例数',
  flapping: '抖动的检查数',
  unconfirmed: '已消失，待确认',
  subject: '变更的是哪类对象',
  kind: '变更的是哪一方面',
  from: '变更之前',
  to: '变更之后',
  at: '多久以前所见：<10m、>1h',
  merged: '可能不止这一次变更',
  unwatched: '发生在无人观察时',
  alert: '规则名称，或其中一部分',
  severity: '严重程度',
  state: '当前状态',
  calls: '它调用的服务，或名称的一部分',
  calledby: '调用它的服务，或名称的一部分',
  split: '其流量在版本之间划分',
  failover: '可接替它的数据中心',
  problem: '其中有无法读取的内容',
  source: '依据来源，或其中一部分',
  allowed: '意图对它的规定',
  mark: '未声明，或未见流量',
  rate: '每秒请求数',
  errors: '失败请求的百分比',
  p95: '95% 的应答不超过的毫秒数',
  across: '通往另一个数据中心',
};

const signs: Partial<Record<Operator, string>> = {
  '>': '大于、晚于、早于此时长之前',
  '>=': '至少',
  '<': '小于、早于、在此时长之内',
  '<=': '至多',
};

type ErrorText = (error: FilterError) => string;

const errors = (list: (items: readonly string[]) => string): Record<FilterErrorCode, ErrorText> => ({
  'too-long': ({ expected }) => `过滤条件最多 ${expected[0]} 个字符。`,
  'too-deep': ({ expected }) => `括号与否定最多嵌套 ${expected[0]} 层。`,
  'unclosed-quote': () => '引号没有结束：请用 " 结束。',
  'unclosed-parenthesis': () => '括号没有结束：请在末尾写上 )。',
  'unopened-parenthesis': () => '多出一个 )：前面没有对应的 (。',
  'missing-term': ({ found }) =>
    found === ''
      ? '此处还需要内容：一个词，或 status:critical 这样的字段。'
      : `“${quotedPart(found)}”之前缺少内容。若要查找这个词本身，请加引号。`,
  'missing-value': ({ end, start }) =>
    end === start ? '此处还需要一个值。' : '此处应是一个值，紧跟在前面的符号之后。',
  'unknown-field': ({ found, subject, expected }) =>
    `没有名为“${quotedPart(found)}”的字段。${subject ? subjects[subject] : ''}的字段有 ${list(expected)}。若要查找这段文字本身，请加引号。`,
  'foreign-field': ({ found, subject, expected }) =>
    `${subject ? subjects[subject] : ''}没有“${quotedPart(found)}”字段；可用的有 ${list(expected)}。`,
  'unfit-operator': ({ found, field, expected }) => `“${found}”不适用于 ${field}：可用 ${list(expected)}。`,
  'unknown-value': ({ found, field, expected }) =>
    `${field} 不会是“${quotedPart(found)}”：只能是 ${list(expected)} 之一。`,
  'not-a-number': ({ found, field }) => `${field} 是数字，而“${quotedPart(found)}”不是。`,
  'not-a-version': ({ found }) => `“${quotedPart(found)}”不是版本号，无法比较先后：请写成 1.5 或 2.0.0-rc.1 这样。`,
  'not-a-duration': ({ found, field }) =>
    `${field} 要与 10m、1h30m、2d 这样的时长比较，而“${quotedPart(found)}”不是时长。`,
  'one-value': ({ field }) => `此处 ${field} 只能有一个值，不能是列表。`,
  'long-pattern': ({ expected }) => `通配模式最多 ${expected[0]} 个字符。`,
});

/** The same in Simplified Chinese. */
export const filterZh = (list: (items: readonly string[]) => string): ReturnType<typeof filterEn> => {
  const error = errors(list);
  return {
    error: (one) => error[one.code](one),
    draft: '草稿，未生效',
    still: (shown) => (shown === '' ? '在此之前不作过滤。' : `在此之前仍按此显示：${shown}`),
    placeholder: (subject) => `词，或 ${examples[subject]}`,
    clear: '清除过滤',
    candidates: '此处可填的内容',
    fields,
    signs,
    keywords: { not: '排除其后的内容', or: '满足其一即可', and: '两者都要，与空格相同' },
    keys: { choose: '选择', take: '采用', close: '关闭' },
  };
};
