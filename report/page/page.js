"use strict";
(() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const words = read("words");
  const documents = [...document.querySelectorAll("script.document")].map((s) => JSON.parse(s.textContent));
  const items = documents.flatMap((d) => [
    ...d.findings.map((f) => ({ ...f, document: d, issuer: d.issuer || (d.path ? "" : f.unit) })),
    ...(d.findings.length && d.state !== "partial" ? [] : [{ id: d.id, severity: d.state === "ok" ? "clean" : d.state, issuer: d.issuer, document: d, clean: true }]),
  ]);
  const byId = (id) => document.getElementById(id);
  const list = byId("list");
  const controls = { issuer: byId("issuer"), severity: byId("severity"), rule: byId("rule"), text: byId("text") };
  let language = document.documentElement.lang === "en" ? "en" : "vi";
  const LEGIBLE = 1.15; // pixels for a point of the page at least: 8 pt figures can just be read
  let zoom = 1;
  let rezoom = () => {};
  let shown = [];
  let current = null;
  const say = (key) => words[language][key] ?? key;
  const make = (tag, text, className) => {
    const node = document.createElement(tag);
    if (text !== undefined && text !== null) node.textContent = text;
    if (className) node.className = className;
    return node;
  };
  const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d").replace(/Đ/g, "D").toLowerCase();

  function fill(select, key, values) {
    const kept = select.value;
    select.replaceChildren(new Option(say(key), ""), ...values.map(([value, name]) => new Option(name, value)));
    select.value = kept;
  }

  function choices() {
    const issuers = [...new Set(items.map((i) => i.issuer))].filter(Boolean).sort((a, b) => a.localeCompare(b, "vi"));
    const rules = [...new Set(items.map((i) => i.rule))].filter(Boolean).sort();
    fill(controls.issuer, "page/all-issuers", issuers.map((i) => [i, i]));
    fill(controls.severity, "page/all-severities", ["error", "warning", "info", "failed", "partial", "clean"].filter((s) => items.some((i) => i.severity === s)).map((s) => [s, say("severity." + s)]));
    fill(controls.rule, "page/all-rules", rules.map((r) => [r, say("rule." + r)]));
    controls.text.placeholder = say("page/search");
  }

  function headline(item) {
    if (item.clean) return item.document.problem?.[language] ?? say(item.document.checks.some((c) => c[3]) ? "page/clean-undecided" : "page/clean");
    return say("rule." + item.rule);
  }

  function matches(item) {
    const wanted = plain(controls.text.value.trim());
    const text = () => plain([item.document.path, item.issuer ?? "", item.unit ?? "", item.message?.[language] ?? "", item.id, headline(item)].join(" "));
    return (!controls.issuer.value || item.issuer === controls.issuer.value)
      && (!controls.severity.value || item.severity === controls.severity.value)
      && (!controls.rule.value || item.rule === controls.rule.value)
      && (!wanted || text().includes(wanted));
  }

  function entry(item) {
    const node = make("li", null, item.severity);
    node.id = "item-" + item.id;
    node.setAttribute("role", "option");
    const first = make("div");
    first.append(make("span", say("severity." + item.severity), "word"), " · " + headline(item));
    const where = [item.unit, item.document.path, item.page ? say("page/page") + " " + item.page : null];
    node.append(first, make("div", where.filter(Boolean).join(" · "), "where"));
    node.addEventListener("click", () => choose(item, true));
    return node;
  }

  function refresh() {
    shown = items.filter(matches);
    list.replaceChildren(...shown.map(entry));
    byId("shown").textContent = say("page/shown").replace("{shown}", shown.length).replace("{all}", items.length);
    choose(shown.includes(current) ? current : shown[0] ?? null, false);
  }

  function choose(item, focus) {
    for (const node of list.querySelectorAll("[aria-selected=true]")) node.setAttribute("aria-selected", "false");
    current = item;
    const node = item && byId("item-" + item.id);
    if (node) {
      node.setAttribute("aria-selected", "true");
      list.setAttribute("aria-activedescendant", node.id);
      node.scrollIntoView({ block: "nearest" });
      if (focus) list.focus({ preventScroll: true });
      history.replaceState(null, "", "#" + item.id);
    }
    detail(item);
  }

  function pairs(rows) {
    const node = make("dl");
    for (const [key, value] of rows) {
      if (value === null || value === undefined || value === "") continue;
      node.append(make("dt", say(key)), make("dd", String(value)));
    }
    return node;
  }

  const inPage = (doc, page) => doc.path + (page ? ", " + say("page/page").toLowerCase() + " " + page : "");

  function detail(item) {
    const main = byId("detail");
    main.replaceChildren();
    main.scrollTop = 0;
    if (!item) { main.append(make("p", say("page/nothing"))); return; }
    const doc = item.document;
    main.append(make("h2", headline(item)));
    if (item.clean) { main.append(pairs([["column/document", doc.path], ["column/issuer", doc.issuer], ["column/state", say("status." + doc.state)]])); }
    else {
      main.append(make("p", item.message[language], "message"));
      const picture = item.page && doc.pages[item.page];
      if (picture) main.append(...figure(item, picture));
      const columns = make("div", null, "columns");
      const facts = make("section");
      facts.append(make("h3", say("page/facts")), pairs([
        ["column/severity", say("severity." + item.severity) + (item.cause === "reading" ? " – " + say("cause.reading") : "")],
        ["column/unit", item.unit], ["column/heading", item.heading[language]],
        ["column/printed", item.printed[language]], ["column/expected", item.expected[language]],
        ["column/difference", item.difference[language]], ["column/effect", item.effect[language]],
        ["column/likely", item.likely[language]], ["page/follows", item.follows[language].join(" ")],
        ["column/alternatives", item.alternatives.join("; ")], ["column/basis", item.basis],
        ["column/document", inPage(doc, item.page)], ["column/issuer", doc.issuer],
        ["column/state", doc.problem?.[language]], ["column/id", item.id]]));
      if (item.row) columns.append(arithmetic(item));
      columns.append(facts);
      main.append(columns);
      if (item.row) main.append(cells(item));
    }
    main.append(...checks(doc));
  }

  function arithmetic(item) {
    const section = make("section");
    const lines = item.row.steps[language];
    section.append(make("h3", say("page/again")));
    const steps = make("ol", null, "steps");
    steps.append(...lines.map((s) => make("li", s)));
    section.append(lines.length ? steps : make("p", say("page/no-steps")));
    return section;
  }

  function cells(item) {
    const table = make("table");
    const head = make("tr");
    const body = make("tr");
    table.append(make("caption", say("page/row") + (item.unit ? ": " + item.unit : "")));
    for (const cell of item.row.cells) {
      const name = make("th", cell.heading || say("field." + cell.field));
      name.scope = "col";
      head.append(name);
      const mark = (cell.field === item.field ? "fault" : "") + (cell.doubtful ? " doubtful" : "");
      body.append(make("td", (cell.printed || "–") + (cell.doubtful ? " (?)" : ""), mark.trim()));
    }
    table.append(head, body);
    const scroll = make("div", null, "scroll");
    scroll.tabIndex = 0;
    scroll.setAttribute("role", "region");
    scroll.setAttribute("aria-label", say("page/row"));
    scroll.append(table);
    return scroll;
  }

  function checks(doc) {
    if (!doc.checked[language] || doc.state === "failed") return [];
    const node = make("details");
    node.open = !doc.findings.length;
    const table = make("table");
    const head = make("tr");
    head.append(...["rule", "passed", "failed", "undecided"].map((key) => { const th = make("th", say("column/" + key)); th.scope = "col"; return th; }));
    table.append(head, ...doc.checks.map(([rule, ...counts]) => {
      const row = make("tr");
      row.append(make("td", say("rule." + rule)), ...counts.map((n) => make("td", n, "number")));
      return row;
    }));
    node.append(make("summary", say("page/what-was-checked")), make("p", doc.checked[language]), table);
    return [node];
  }

  function figure(item, picture) {
    const node = make("figure");
    const sheet = make("div", null, "sheet");
    const image = make("img");
    image.alt = say("page/page") + " " + item.page + " – " + item.document.path;
    image.decoding = "async";
    image.src = "data:image/webp;base64," + byId(picture.id).textContent.trim();
    image.width = picture.width;
    image.height = picture.height;
    sheet.append(image);
    for (const { box, fault } of item.boxes) sheet.append(frame(box, picture, fault ? "fault " + item.severity : "other"));
    node.append(sheet);
    node.tabIndex = 0;
    node.setAttribute("aria-label", image.alt);
    const show = () => {
      sheet.style.width = zoom > 1 ? 100 * zoom + "%" : "100%";
      sheet.style.minWidth = LEGIBLE * zoom * picture.width + "px";
      const first = sheet.querySelector(".frame.fault");
      if (first) node.scrollTo({ top: first.offsetTop - node.clientHeight / 2, left: first.offsetLeft + first.offsetWidth / 2 - node.clientWidth / 2 });
    };
    const bar = make("p", null, "bar");
    const button = (sign, key, by) => {
      const b = make("button", sign);
      b.type = "button";
      b.setAttribute("aria-label", say(key));
      b.addEventListener("click", () => { zoom = Math.min(Math.max(zoom * by, 0.5), 4); show(); });
      return b;
    };
    bar.append(button("+", "page/zoom-in", 1.25), button("−", "page/zoom-out", 0.8));
    if (item.boxes.length) bar.append(make("span", say(item.boxes.length > 1 ? "page/frames" : "page/frame")));
    rezoom = (by) => { zoom = by ? Math.min(Math.max(zoom * by, 0.5), 4) : 1; show(); };
    requestAnimationFrame(show);
    return [node, bar];
  }

  function frame(box, picture, kind) {
    const node = make("div", null, "frame " + kind);
    const percent = (value, of) => (100 * value) / of + "%";
    node.style.left = percent(box[0] - 2, picture.width);
    node.style.top = percent(box[1] - 2, picture.height);
    node.style.width = percent(box[2] - box[0] + 4, picture.width);
    node.style.height = percent(box[3] - box[1] + 4, picture.height);
    return node;
  }

  function speak() {
    document.documentElement.lang = language;
    for (const node of document.querySelectorAll("[data-say]")) node.textContent = say(node.dataset.say);
    choices();
    refresh();
  }

  function step(by) {
    const index = Math.min(Math.max(shown.indexOf(current) + by, 0), shown.length - 1);
    if (shown[index]) choose(shown[index], true);
  }

  const keys = {
    ArrowDown: () => step(1), j: () => step(1), ArrowUp: () => step(-1), k: () => step(-1), Home: () => step(-items.length),
    End: () => step(items.length), "+": () => rezoom(1.25), "-": () => rezoom(0.8), 0: () => rezoom(0), "/": () => controls.text.focus(), l: () => { language = language === "vi" ? "en" : "vi"; speak(); },
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input, select");
    const scrolling = event.target.matches("figure, .scroll") && event.key.startsWith("Arrow");
    const typed = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (event.key === "Escape" && typing) { list.focus(); return; }
    if (typing || scrolling || event.ctrlKey || event.altKey || event.metaKey || !keys[typed]) return;
    event.preventDefault();
    keys[typed]();
  });
  for (const control of Object.values(controls)) control.addEventListener("input", refresh);
  byId("language").addEventListener("click", keys.l);
  window.addEventListener("hashchange", () => {
    const wanted = items.find((i) => i.id === location.hash.slice(1));
    if (wanted && wanted !== current) choose(wanted, false);
  });
  current = items.find((i) => i.id === location.hash.slice(1)) ?? null;
  speak();
})();
