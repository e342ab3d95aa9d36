/**
 * A department of the sample corp: how many generated members it has, their positions, and what lies below
 * it.
 */
export interface SampleDepartment {
  readonly id: number;
  readonly name: string;
  readonly name_en?: string;
  readonly order: number;
  readonly headcount: number;
  readonly positions: readonly string[];
  readonly children?: readonly SampleDepartment[];
}

const engineers = ['后端工程师', '前端工程师', '高级工程师', '架构师', '测试开发工程师'];
const sellers = ['销售代表', '客户经理', '大客户经理', '售前顾问'];
const makers = ['操作工', '班组长', '工艺工程师', '质检员'];

const research: SampleDepartment = {
  id: 2,
  name: '研发中心',
  name_en: 'R&D Center',
  order: 100_000_000,
  headcount: 4,
  positions: ['技术总监', '项目经理'],
  children: [
    {
      id: 11,
      name: '平台研发部',
      order: 99_999_000,
      headcount: 6,
      positions: engineers,
      children: [
        { id: 111, name: '后端组', order: 30, headcount: 34, positions: engineers },
        { id: 112, name: '前端组', order: 20, headcount: 26, positions: engineers },
        {
          id: 113,
          name: '基础架构组',
          order: 10,
          headcount: 12,
          positions: engineers,
          children: [
            { id: 1131, name: '数据库小组', order: 2, headcount: 7, positions: ['DBA', '数据库工程师'] },
            { id: 1132, name: '网络小组', order: 1, headcount: 6, positions: ['网络工程师'] },
          ],
        },
      ],
    },
    {
      id: 12,
      name: '智能硬件部',
      name_en: 'Smart Devices',
      order: 99_998_000,
      headcount: 5,
      positions: ['硬件工程师', '结构工程师'],
      children: [
        { id: 121, name: '嵌入式组', order: 20, headcount: 22, positions: ['嵌入式工程师', '驱动工程师'] },
        { id: 122, name: '测试组', order: 10, headcount: 14, positions: ['硬件测试工程师'] },
      ],
    },
    { id: 13, name: '测试组', order: 99_997_000, headcount: 20, positions: ['测试工程师', '测试经理'] },
    { id: 14, name: '产品设计部', order: 99_996_000, headcount: 18, positions: ['产品经理', '交互设计师'] },
    { id: 15, name: '创新实验室 🚀', order: 4_294_967_295, headcount: 9, positions: ['研究员'] },
  ],
};

const sales: SampleDepartment = {
  id: 3,
  name: '营销中心',
  name_en: 'Sales & Marketing',
  order: 99_999_000,
  headcount: 3,
  positions: ['营销总监', '商务经理'],
  children: [
    {
      id: 21,
      name: '华东大区',
      order: 40,
      headcount: 5,
      positions: sellers,
      children: [
        { id: 211, name: '上海办事处', order: 2, headcount: 24, positions: sellers },
        { id: 212, name: '杭州办事处', order: 1, headcount: 15, positions: sellers },
        { id: 213, name: '行政组', order: 0, headcount: 3, positions: ['行政专员'] },
      ],
    },
    {
      id: 22,
      name: '华南大区',
      order: 30,
      headcount: 5,
      positions: sellers,
      children: [
        { id: 221, name: '深圳办事处', order: 2, headcount: 28, positions: sellers },
        { id: 222, name: '广州办事处', order: 1, headcount: 17, positions: sellers },
        { id: 223, name: '行政组', order: 0, headcount: 3, positions: ['行政专员'] },
      ],
    },
    { id: 23, name: '华北大区', order: 20, headcount: 26, positions: sellers },
    {
      id: 24,
      name: '市场部',
      name_en: 'Marketing',
      order: 10,
      headcount: 21,
      positions: ['市场专员', '品牌经理'],
    },
  ],
};

const delivery: SampleDepartment = {
  id: 4,
  name: '制造与交付中心',
  order: 99_998_000,
  headcount: 3,
  positions: ['厂长', '计划经理'],
  children: [
    {
      id: 31,
      name: '东莞工厂',
      order: 20,
      headcount: 4,
      positions: ['生产经理', '设备工程师'],
      children: [
        { id: 311, name: '一车间', order: 30, headcount: 58, positions: makers },
        { id: 312, name: '二车间', order: 20, headcount: 52, positions: makers },
        { id: 313, name: '质量部', order: 10, headcount: 16, positions: ['质量工程师', '质检员'] },
      ],
    },
    { id: 32, name: '客户服务部', order: 10, headcount: 36, positions: ['客服专员', '现场工程师'] },
    { id: 33, name: '供应链部', order: 5, headcount: 19, positions: ['采购专员', '物流专员', '计划员'] },
  ],
};

const staff: SampleDepartment = {
  id: 5,
  name: '职能中心',
  name_en: 'Corporate Functions',
  order: 99_997_000,
  headcount: 2,
  positions: ['运营总监'],
  children: [
    { id: 41, name: '人力资源部', name_en: 'HR', order: 50, headcount: 13, positions: ['HRBP', '招聘专员'] },
    { id: 42, name: '财务部', name_en: 'Finance', order: 40, headcount: 14, positions: ['会计', '出纳'] },
    { id: 43, name: '法务部', order: 30, headcount: 5, positions: ['法务专员'] },
    { id: 44, name: '信息技术部', name_en: 'IT', order: 20, headcount: 11, positions: ['IT 工程师'] },
    { id: 45, name: '行政组', order: 10, headcount: 7, positions: ['行政专员', '前台'] },
    { id: 47, name: '审计部', order: 5, headcount: 3, positions: ['审计专员'] },
    { id: 46, name: '筹备中（勿删）& <新部门>', order: 0, headcount: 0, positions: [] },
  ],
};

/** The tree of the sample corp: 40 departments on five levels. */
export const sampleTree: SampleDepartment = {
  id: 1,
  name: '星辰科技',
  order: 100_000_000,
  headcount: 2,
  positions: ['董事长助理'],
  children: [research, sales, delivery, staff],
};
