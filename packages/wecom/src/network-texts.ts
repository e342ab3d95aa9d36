import type { ErrorText } from './error-table/index.ts';
import type { ResponseErrorKind, TransportErrorKind } from './errors.ts';

type Texts = { readonly zh: ErrorText; readonly en: ErrorText };

/** Texts for failures that have no errcode: the network's and those of unusable answers. */
export const NETWORK_TEXTS: Readonly<Record<TransportErrorKind | ResponseErrorKind, Texts>> = {
  timeout: {
    zh: {
      sentence: '企业微信没有在规定时间内响应。',
      remedy: '请检查本服务器到企业微信接口地址的网络与代理，稍后再试；大企业可适当增大超时时间。',
    },
    en: {
      sentence: 'WeCom did not answer in time.',
      remedy:
        'Check the network and the proxy to WeCom and try again; a large corp may need a longer timeout.',
    },
  },
  refused: {
    zh: {
      sentence: '无法连接到企业微信接口地址。',
      remedy: '请检查接口地址和端口，以及防火墙是否允许本服务器访问 qyapi.weixin.qq.com 的 443 端口。',
    },
    en: {
      sentence: 'The connection to WeCom was refused.',
      remedy:
        'Check the base URL and its port, and that the firewall lets this server reach qyapi.weixin.qq.com:443.',
    },
  },
  dns: {
    zh: {
      sentence: '无法解析企业微信接口的域名。',
      remedy: '请检查接口地址的拼写和本服务器的 DNS 设置；只能经代理上网时请填写代理地址。',
    },
    en: {
      sentence: 'The host name of WeCom could not be resolved.',
      remedy:
        'Check the spelling of the base URL and the DNS settings; set a proxy if there is no direct way out.',
    },
  },
  tls: {
    zh: {
      sentence: '与企业微信建立的安全连接不可信。',
      remedy: '请检查证书、本服务器的时间，以及是否有代理替换了证书；私有化部署请让本服务器信任其 CA。',
    },
    en: {
      sentence: 'The TLS connection to WeCom could not be trusted.',
      remedy:
        "Check the certificate, this server's time, and whether a proxy replaces certificates; for a private edition make this server trust its CA.",
    },
  },
  proxy: {
    zh: {
      sentence: '代理服务器不可用或拒绝了请求。',
      remedy: '请检查代理的地址、端口、用户名和密码，以及代理是否允许访问企业微信接口地址。',
    },
    en: {
      sentence: 'The proxy cannot be reached or refused the request.',
      remedy:
        "Check the proxy's address, port, user name and password, and that it allows the WeCom base URL.",
    },
  },
  reset: {
    zh: { sentence: '与企业微信的连接中途断开。', remedy: '已自动重试仍未成功，请检查网络和代理后再试。' },
    en: {
      sentence: 'The connection to WeCom broke off.',
      remedy: 'Automatic retries did not succeed; check the network and the proxy and try again.',
    },
  },
  http: {
    zh: {
      sentence: '企业微信接口地址返回了异常的 HTTP 状态。',
      remedy: '请稍后再试；若仍出现，请检查接口地址以及中间的代理或网关。',
    },
    en: {
      sentence: 'The WeCom address answered with an unexpected HTTP status.',
      remedy: 'Try again later; if it stays, check the base URL and any proxy or gateway in between.',
    },
  },
  notJson: {
    zh: {
      sentence: '返回的内容不是完整的企业微信接口数据。',
      remedy: '请检查接口地址；代理、网关或登录页可能代替企业微信作了回应，或传输被中途截断。',
    },
    en: {
      sentence: 'The answer is not a complete WeCom answer.',
      remedy:
        'Check the base URL; a proxy, gateway or login page may have answered in place of WeCom, or the answer was cut off.',
    },
  },
  shape: {
    zh: {
      sentence: '企业微信返回的数据缺少必需的字段或格式不符，已放弃使用以免误删。',
      remedy: '请稍后再试；若仍出现，请把同步记录中的字段名提供给技术支持。',
    },
    en: {
      sentence:
        'The answer lacks a required field or has another format; it was not used, so that nobody is removed by mistake.',
      remedy: 'Try again later; if it stays, give support the name of the field from the run.',
    },
  },
  tooLarge: {
    zh: {
      sentence: '企业微信返回的数据超过了大小上限。',
      remedy: '请调高响应大小上限，或把该部门拆分为更小的部门。',
    },
    en: {
      sentence: 'The answer is larger than the limit.',
      remedy: 'Raise the response size limit, or split the department into smaller ones.',
    },
  },
  notFound: {
    zh: {
      sentence: '接口地址不存在（HTTP 404）。',
      remedy: '请检查接口地址（只填到域名和端口）；私有化版本可能没有此接口。',
    },
    en: {
      sentence: 'The path does not exist on this server (HTTP 404).',
      remedy: 'Check the base URL (host and port only); a private edition may lack this call.',
    },
  },
  redirect: {
    zh: {
      sentence: '接口地址返回了跳转，出于安全未跟随。',
      remedy: '请检查接口地址：企业微信公有云必须以 https:// 开头；也可能是网络要求先登录。',
    },
    en: {
      sentence: 'The base URL redirects elsewhere, which is not followed for safety.',
      remedy:
        "Check the base URL: WeCom's public cloud needs https://; the network may also ask for a sign-in first.",
    },
  },
  exportFailed: {
    zh: { sentence: '企业微信的通讯录导出任务失败。', remedy: '可改为逐个部门读取（同步会自动这样做）。' },
    en: {
      sentence: 'WeCom reports that its export of the contacts failed.',
      remedy: 'Read the departments one by one instead, as a sync does by itself.',
    },
  },
  exportUnfinished: {
    zh: {
      sentence: '企业微信的通讯录导出任务没有在规定时间内完成。',
      remedy: '可改为逐个部门读取（同步会自动这样做）。',
    },
    en: {
      sentence: "WeCom's export of the contacts did not finish in time.",
      remedy: 'Read the departments one by one instead, as a sync does by itself.',
    },
  },
  exportMismatch: {
    zh: {
      sentence: '企业微信导出的文件与其声明不符、无法解密或不完整，已放弃使用以免误删。',
      remedy: '可改为逐个部门读取（同步会自动这样做）；若经常出现，请检查代理或网关是否改动了下载的文件。',
    },
    en: {
      sentence:
        'A file of the export is not what WeCom announced, cannot be decrypted or is missing; it was not used, so that nobody is removed by mistake.',
      remedy:
        'Read the departments one by one instead, as a sync does by itself. If it happens often, check whether a proxy or gateway changes downloads.',
    },
  },
};
