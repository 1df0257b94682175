"use strict";
(() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const words = read("words");
  const documents = [...document.querySelectorAll("script.document")].map((s) => JSON.parse(s.textContent));
  const items = documents.flatMap((d) => [
    ...d.findings.map((f) => ({ ...f, document: d })),
    ...(d.findings.length ? [] : [{ id: d.id, severity: d.state === "failed" ? "error" : "clean", document: d, clean: true }]),
  ]);
  const byId = (id) => document.getElementById(id);
  const list = byId("list");
  const controls = { issuer: byId("issuer"), severity: byId("severity"), rule: byId("rule"), text: byId("text") };
  let language = document.documentElement.lang === "en" ? "en" : "vi";
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
    const issuers = [...new Set(items.map((i) => i.document.issuer))].filter(Boolean).sort((a, b) => a.localeCompare(b, "vi"));
    const rules = [...new Set(items.map((i) => i.rule))].filter(Boolean).sort();
    fill(controls.issuer, "page/all-issuers", issuers.map((i) => [i, i]));
    fill(controls.severity, "page/all-severities", ["error", "warning", "info", "clean"].map((s) => [s, say("severity." + s)]));
    fill(controls.rule, "page/all-rules", rules.map((r) => [r, say("rule." + r)]));
    controls.text.placeholder = say("page/search");
  }

  function headline(item) {
    if (item.clean) return item.document.problem ? item.document.problem[language] : say("page/clean");
    return say("rule." + item.rule);
  }

  function matches(item) {
    const wanted = plain(controls.text.value.trim());
    const text = () => plain([item.document.path, item.unit ?? "", item.message?.[language] ?? "", item.id, headline(item)].join(" "));
    return (!controls.issuer.value || item.document.issuer === controls.issuer.value)
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
    byId("shown").textContent = shown.length + " / " + items.length;
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

  function detail(item) {
    const main = byId("detail");
    main.replaceChildren();
    main.scrollTop = 0;
    if (!item) { main.append(make("p", say("page/nothing"))); return; }
    const doc = item.document;
    main.append(make("h2", headline(item)));
    if (item.clean) { main.append(pairs([["column/document", doc.path], ["column/state", say("status." + doc.state)]]), make("p", doc.checked[language])); return; }
    main.append(make("p", item.message[language], "message"));
    main.append(pairs([
      ["column/severity", say("severity." + item.severity) + (item.cause === "reading" ? " – " + say("cause.reading") : "")],
      ["column/unit", item.unit], ["column/heading", item.heading || (item.field ? say("field." + item.field) : null)],
      ["column/printed", item.printed], ["column/expected", item.expected?.[language]],
      ["column/difference", item.difference?.[language]], ["column/likely", item.likely?.[language]],
      ["column/alternatives", item.alternatives.join("; ")], ["column/basis", item.basis],
      ["column/document", doc.path + (item.page ? ", " + say("page/page").toLowerCase() + " " + item.page : "")], ["column/id", item.id]]));
    if (item.row) main.append(...arithmetic(item));
    const picture = item.page && doc.pages[item.page];
    if (picture) main.append(figure(item, picture));
  }

  function arithmetic(item) {
    const table = make("table");
    const head = make("tr");
    const body = make("tr");
    for (const cell of item.row.cells) {
      const name = make("th", cell.heading || say("field." + cell.field));
      name.scope = "col";
      head.append(name);
      const figure = make("td", cell.printed || "–", "number");
      if (cell.field === item.field) { figure.style.background = "#fde8e8"; figure.style.fontWeight = "bold"; }
      body.append(figure);
    }
    table.append(head, body);
    const scroll = make("div", null, "scroll");
    scroll.append(table);
    const steps = make("ol", null, "steps");
    steps.append(...item.row.steps[language].map((s) => make("li", s)));
    return [make("h3", say("page/again")), steps, scroll];
  }

  function figure(item, picture) {
    const node = make("figure");
    const sheet = make("div", null, "sheet");
    const image = make("img");
    image.alt = say("page/page") + " " + item.page + " – " + item.document.path;
    image.src = "data:image/webp;base64," + byId(picture.id).textContent.trim();
    sheet.append(image);
    for (const box of item.boxes) sheet.append(frame(box, picture, item.severity));
    node.append(sheet);
    image.addEventListener("load", () => {
      const first = sheet.querySelector(".frame");
      if (first) node.scrollTo({ top: first.offsetTop - 120, left: first.offsetLeft - 260 });
    });
    return node;
  }

  function frame(box, picture, severity) {
    const node = make("div", null, "frame " + severity);
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
    End: () => step(items.length), "/": () => controls.text.focus(), l: () => { language = language === "vi" ? "en" : "vi"; speak(); },
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input, select");
    if (event.key === "Escape" && typing) { list.focus(); return; }
    if (typing || event.ctrlKey || event.altKey || event.metaKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
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
