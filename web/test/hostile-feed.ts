/** Texts and addresses that want to do harm, as a feed may have them. Each would call `hit` if a page ran it. */
export const hostileTexts: Readonly<Record<string, string>> = {
  script: 'Chair <script>hit("script")</script>',
  image: 'Chair <img src=x onerror=hit("image")>',
  drawing: 'Chair <svg/onload=hit("drawing")>',
  frame: 'Chair <iframe src="javascript:parent.hit(1)"></iframe>',
  unclosed: 'Chair <b onmouseover=hit("unclosed")',
  style: 'Chair <style>*{display:none}</style>',
  attribute: 'Chair " onfocus="hit(1)" autofocus x="',
  escaped: 'Chair &lt;script&gt;hit("escaped")&lt;/script&gt;',
  braces: 'Chair {{7*7}} ${7*7} {hit(1)} {@html 1}',
  sql: "Chair '; DROP TABLE products;-- % _ \\ $1 :name \\",
  formula: '=HYPERLINK("http://evil.example","Chair")',
  formulaPlus: '+1+1 Chair',
  formulaAt: '@SUM(A1) Chair',
  formulaWide: '＝1+1 Chair',
  override: 'Chair \u202Etxt.exe',
  zalgo: `Chair Z${'\u0301\u0323'.repeat(100)}`,
  family: 'Chair \u{1F468}\u200D\u{1F469}\u200D\u{1F467}\u200D\u{1F466}',
  decomposed: 'Chair cafe\u0301 Iıİi ﬁne',
  noncharacter: 'Chair \uFFFF end',
  control: 'Chair \u0001\u0007\u001b[31m end',
  long: `Chair ${'W'.repeat(480)}`,
};

export const hostileAddresses: Readonly<Record<string, string>> = {
  plain: 'javascript:hit(1)',
  mixed: 'JaVaScRiPt:hit(1)',
  blank: ' javascript:hit(1)',
  broken: 'java\nscript:hit(1)',
  page: 'data:text/html,<script>hit(1)</script>',
  basic: 'vbscript:hit(1)',
  bare: '//evil.example/x.png',
  file: 'file:///etc/passwd',
  inside: 'http://127.0.0.1:9/x.png',
};

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
const line = (cells: readonly string[]) => `${cells.map(quoted).join(',')}\r\n`;

/**
 * A feed with each text in every column that is shown, and each address wherever one may stand. Every product is
 * there a second time with a price that cannot be read, so that the page of errors shows the same.
 */
export function hostileFeed(): Buffer {
  const texts = Object.entries(hostileTexts).map(([name, text]) => ({
    name,
    text,
    url: 'https://shop.example/a',
  }));
  const addresses = Object.entries(hostileAddresses).map(([name, url]) => ({
    name: `to-${name}`,
    text: `Table ${name}`,
    url,
  }));
  const rows = [...texts, ...addresses].flatMap(({ name, text, url }) => {
    const row = (id: string, price: string) => [
      ...[id, text, text, url, url, url, 'in stock', price, text, text, text, text, text, 'New,New'],
    ];
    return [row(name, '12.50 EUR'), row(`${name}-wrong`, `${text} EUR`)];
  });
  const head = [
    ...['id', 'title', 'description', 'link', 'image_link', 'additional_image_link', 'availability', 'price'],
    ...['brand', 'product_type', 'color', 'custom_label_0', '<img src=x onerror=hit("column")>'],
    'product_highlight',
  ];
  return Buffer.from([head, ...rows].map(line).join(''));
}
