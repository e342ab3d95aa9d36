import { expect, test } from 'vitest';
import { catchWecomError, createTestClient } from '../test/test-client.ts';
import { type Reply, replyJson, startWecomServer } from '../test/wecom-server.ts';

const message = { agentid: 1_000_002, userids: ['ZhangSan', 'lisi'], text: '同步失败' };

test('says whom a message did not reach', async () => {
  await using server = await startWecomServer({
    'message/send': replyJson({ errcode: 0, errmsg: 'ok', invaliduser: 'lisi|wangwu', msgid: 'x' }),
  });
  const result = await createTestClient(server.baseUrl).sendMessage(message);
  expect(result).toEqual({ invalidUserids: ['lisi', 'wangwu'], unlicensedUserids: [] });
});

test('81013 is an error: nobody has it', async () => {
  await using server = await startWecomServer({
    'message/send': replyJson({ errcode: 81013, errmsg: 'user & party & tag all invalid' }),
  });
  const error = await catchWecomError(createTestClient(server.baseUrl).sendMessage(message));
  expect(error).toMatchObject({ errcode: 81013, kind: 'gone' });
});

test('a message that WeCom may have taken is not sent again', async () => {
  let calls = 0;
  const reset: Reply = (response) => {
    calls += 1;
    response.socket?.destroy();
  };
  await using server = await startWecomServer({ 'message/send': reset });
  const error = await catchWecomError(createTestClient(server.baseUrl).sendMessage(message));
  expect([error.kind, calls]).toEqual(['reset', 1]);
});
