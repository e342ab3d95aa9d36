import { agentGet } from './agent/get.ts';
import { agentList } from './agent/list.ts';
import { authGetuserdetail } from './auth/getuserdetail.ts';
import { authGetuserinfo } from './auth/getuserinfo.ts';
import { departmentGet } from './department/get.ts';
import { departmentList } from './department/list.ts';
import { departmentSimplelist } from './department/simplelist.ts';
import type { Endpoint } from './endpoint.ts';
import { exportDepartment } from './export/department.ts';
import { exportGetResult } from './export/get-result.ts';
import { exportUser } from './export/user.ts';
import { getApiDomainIp } from './get-api-domain-ip.ts';
import { gettoken } from './gettoken.ts';
import { messageSend } from './message/send.ts';
import { tagGet } from './tag/get.ts';
import { tagList } from './tag/list.ts';
import { userGet } from './user/get.ts';
import { userList } from './user/list.ts';
import { userSimplelist } from './user/simplelist.ts';

/** Every vendor endpoint that the simulator knows; any other path is a 404. */
export const allEndpoints: readonly Endpoint[] = [
  gettoken,
  getApiDomainIp,
  agentGet,
  agentList,
  departmentList,
  departmentSimplelist,
  departmentGet,
  userList,
  userSimplelist,
  userGet,
  tagList,
  tagGet,
  exportDepartment,
  exportUser,
  exportGetResult,
  authGetuserinfo,
  authGetuserdetail,
  messageSend,
];
