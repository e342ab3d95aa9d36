import type { Page } from 'playwright-core';

/**
 * Every text of the page, seen or read out: nodes, labels, tooltips, placeholders, the title. Ids in code are
 * left out.
 */
export const readTexts = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    // Icons carry their file's name but stand beside or inside a text of their own; antd does not translate
    // its spinner.
    const unsaid = '.anticon, .ant-input-number-action, .om-mono, code';
    const texts = [document.title];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { parentElement, textContent } = walker.currentNode;
      if (!parentElement?.closest('script, style, code, .om-mono')) texts.push(textContent ?? '');
    }
    for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
      for (const element of document.querySelectorAll(`[${name}]`))
        if (!element.closest(unsaid)) texts.push(element.getAttribute(name) ?? '');
    return [...new Set(texts.map((text) => text.trim()).filter((text) => text !== ''))];
  });
