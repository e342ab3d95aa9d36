import type { Corp, Department, Member } from '../corp/corp.ts';
import { rootDepartmentId } from '../corp/visible-scope.ts';
import type { SimulatorState } from '../simulator-state.ts';
import { presentEditForms } from './demo-forms.ts';
import { html, type Markup } from './html.ts';

/** What the demo page's address says. */
export interface DemoPageAddress {
  readonly departmentId: number;
  /** Name of the action that was just done. */
  readonly done: string | undefined;
  readonly problem: string | undefined;
}

const maxDepartmentsShown = 500;
const maxMembersShown = 200;
const statusWords: Readonly<Record<number, string>> = {
  1: '已激活 active',
  2: '已禁用 disabled',
  4: '未激活 not activated',
  5: '已退出 left',
};

/** Child departments as WeCom shows them: larger order first, then by id. */
function listChildren(corp: Corp, id: number): Department[] {
  return [...corp.childrenOf(id)]
    .flatMap((childId) => corp.departments.get(childId) ?? [])
    .sort((left, right) => right.order - left.order || left.id - right.id);
}

function presentTree(corp: Corp, selectedId: number): Markup {
  const shown = new Set<number>();
  const presentBranch = (department: Department): Markup => {
    // A broken corp may hold a cycle, a generated one thousands of departments: both end here.
    if (shown.has(department.id) || shown.size >= maxDepartmentsShown) return html``;
    shown.add(department.id);
    const children = listChildren(corp, department.id);
    const link = `/?department=${department.id}`;
    const name =
      department.id === selectedId
        ? html`<a href="${link}" aria-current="true">${department.name}</a>`
        : html`<a href="${link}">${department.name}</a>`;
    const below = children.length === 0 ? html`` : html`<ul>${children.map(presentBranch)}</ul>`;
    return html`<li>${name} <small>${corp.membersOf(department.id).size}</small>${below}</li>`;
  };
  const roots = [...corp.departments.values()].filter(({ parentid }) => !corp.departments.has(parentid));
  return html`<ul class="tree">${roots.map(presentBranch)}</ul>`;
}

function presentMemberRow(member: Member): Markup {
  const { userid, name, position, status, memberships } = member;
  const ids = memberships.map(({ departmentId }) => departmentId).join(', ');
  return html`<tr><td><code>${userid}</code></td><td>${name}</td><td>${position}</td>
<td>${statusWords[status]}</td><td>${ids}</td></tr>`;
}

function presentMembers(corp: Corp, department: Department): Markup {
  const members = [...corp.membersOf(department.id)];
  return html`<div class="card"><h2>${department.name} <small>id ${department.id} ·
${members.length} 人 direct members</small></h2>
<div class="scroll"><table><thead><tr><th>UserID</th><th>姓名 Name</th><th>职务 Position</th><th>状态 Status</th>
<th>部门 Departments</th></tr></thead>
<tbody>${members.slice(0, maxMembersShown).map(presentMemberRow)}</tbody></table></div></div>`;
}

function presentOutcome({ done, problem }: DemoPageAddress): Markup {
  if (problem !== undefined) {
    return html`<div class="card hint" role="alert">没有成功 <small>It did not work</small>: ${problem}</div>`;
  }
  if (done === undefined) return html``;
  if (done === 'set-callback') {
    return html`<div class="card done" role="status">已保存，URL 验证通过。之后的入职、离职、调动会自动出现在控制台。
<br><small>Saved, the URL check passed. From now on hires, leavers and moves appear in the console by themselves.</small></div>`;
  }
  return html`<div class="card done" role="status">已修改（${done}）。现在回到控制台，再点一次
<strong>系统 → 组织架构 → 更多 → 企业微信同步</strong>，看这次改动怎样同步过去。
<br><small>Changed. Now go back to the console and run <strong>WeCom Sync</strong> again to see this change arrive.</small></div>`;
}

/**
 * What an admin copies from the WeCom console into the product's settings; of this fictional corp it is no
 * secret.
 */
function presentCredentials({ corpid, apps }: SimulatorState): Markup {
  const own = apps.filter(({ kind }) => kind === 'selfBuilt');
  return html`<p class="soft">企业 ID CorpID <code>${corpid}</code>
${own.map(({ name, agentid, secret }) => html`<br>${name}：应用 ID AgentId <code>${agentid}</code> · 应用密钥 Secret <code>${secret}</code>`)}</p>`;
}

/** The demo page: the corp's tree, one department's members, and forms that change the corp. */
export function presentDemoPage(state: SimulatorState, address: DemoPageAddress): Markup {
  const { corp } = state;
  const department = corp.departments.get(address.departmentId) ?? corp.departments.get(rootDepartmentId);
  return html`<main>
<h1>模拟企业微信 <small>Simulated WeCom</small></h1>
<p class="soft">这里扮演企业微信后台：在这里改，再去组织镜像里点“企业微信同步”。
<small>This page plays the WeCom console: change something here, then run WeCom Sync in OrgMirror.</small><br>
${corp.departments.size} 个部门 departments · ${corp.members.size} 名成员 members</p>
${presentCredentials(state)}
${presentOutcome(address)}
<div class="columns">
<nav class="card" aria-label="部门 Departments"><h2>部门 <small>Departments</small></h2>
${presentTree(corp, department?.id ?? rootDepartmentId)}</nav>
<div>${department === undefined ? undefined : presentMembers(corp, department)}
${department === undefined ? undefined : presentEditForms(department)}</div>
</div></main>`;
}
