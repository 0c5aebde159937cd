"use strict";
// The page is whole without this script; it adds finding, selecting and zooming. Text from files is only ever handled
// as text (textContent), never as markup.
(() => {
  const rows = [...document.querySelectorAll(".program li")];
  const find = document.getElementById("find");
  const found = document.getElementById("found");
  const detail = document.getElementById("detail");
  const rowOf = (vertex) => document.getElementById("s" + vertex.id.slice(1).replace(/c.*/, "")); // p0n3, p0n3c17 -> s0n3
  const numbers = (row) => row.id.match(/\d+/g).map(Number); // side and place
  const rowAt = (side, place) => document.getElementById(`s${side}n${place}`);
  const users = (row) => (row.dataset.u || "").split(" ").filter(Boolean).map((place) => rowAt(numbers(row)[0], place));

  // The vertices of a node: several for an input that is drawn at each node that reads it.
  const vertices = new Map();
  for (const vertex of document.querySelectorAll("svg g.node[id^=p]")) {
    const row = rowOf(vertex);
    if (row) vertices.set(row, [...(vertices.get(row) || []), vertex]);
  }
  const verticesOf = (row) => vertices.get(row) || [];

  // What a node reads, from what reads it.
  const inputs = new Map();
  for (const row of rows) for (const user of users(row)) {
    if (!inputs.has(user)) inputs.set(user, []);
    inputs.get(user).push(row);
  }
  const inputsOf = (row) => inputs.get(row) || [];

  // Graphviz's titles would show twice, as a tooltip of the browser's and in the panel.
  for (const title of document.querySelectorAll("svg title")) title.remove();

  // ---- finding ----

  let texts = null;
  let hits = [];
  let at = -1;
  let pressed = null;

  const mark = (row, name, on) => {
    row.classList.toggle(name, on);
    for (const vertex of verticesOf(row)) vertex.classList.toggle(name, on);
  };
  const show = (list) => {
    for (const row of hits) mark(row, "hit", false);
    hits = list || [];
    at = -1;
    for (const row of hits) mark(row, "hit", true);
    document.body.classList.toggle("searching", list !== null);
    tell();
  };
  const tell = () => {
    const searching = document.body.classList.contains("searching");
    found.textContent = !searching ? "" : hits.length === 0 ? "none" : at < 0 ? `${hits.length} found` : `${at + 1} of ${hits.length}`;
  };
  const press = (button) => {
    if (pressed) pressed.setAttribute("aria-pressed", "false");
    pressed = pressed === button ? null : button;
    if (pressed) pressed.setAttribute("aria-pressed", "true");
    return pressed;
  };
  const search = (text) => {
    if (pressed) press(pressed);
    const wanted = text.trim().toLowerCase();
    texts = texts || rows.map((row) => row.textContent.toLowerCase());
    show(wanted === "" ? null : rows.filter((row, index) => texts[index].includes(wanted)));
  };
  const step = (by) => {
    if (hits.length === 0) return;
    at = (at + by + hits.length + (at < 0 && by < 0 ? 1 : 0)) % hits.length;
    select(hits[at]);
    tell();
  };
  for (const button of document.querySelectorAll(".legend button")) {
    button.addEventListener("click", () => {
      find.value = "";
      show(press(button) ? rows.filter((row) => row.dataset.r === button.dataset.r) : null);
    });
  }

  // ---- selecting ----

  let selected = null;

  const reveal = (row) => {
    const list = row.parentElement;
    const below = row.offsetTop - list.offsetTop;
    if (below < list.scrollTop || below > list.scrollTop + list.clientHeight - 40) list.scrollTop = below - list.clientHeight / 2;
    const vertex = verticesOf(row)[0];
    const pane = vertex && vertex.closest(".picture");
    const seen = (pane || list).getBoundingClientRect();
    const own = list.getBoundingClientRect();
    const isSeen = (frame) => frame.bottom > 120 && frame.top < innerHeight - 120;
    if (!isSeen(seen) && !isSeen(own)) (pane || list).scrollIntoView({ block: "center" });
    if (!pane) return;
    const box = vertex.getBoundingClientRect();
    const frame = pane.getBoundingClientRect();
    if (box.top < frame.top || box.bottom > frame.bottom) pane.scrollTop += (box.top + box.bottom - frame.top - frame.bottom) / 2;
    if (box.left < frame.left || box.right > frame.right) pane.scrollLeft += (box.left + box.right - frame.left - frame.right) / 2;
  };
  const edgesOf = (row) => {
    const [side, place] = numbers(row);
    const into = inputsOf(row).map((input) => `p${side}e${numbers(input)[1]}_${place}`);
    const out = users(row).map((user) => `p${side}e${place}_${numbers(user)[1]}`);
    return [...into, ...out].map((id) => document.getElementById(id)).filter(Boolean);
  };
  const neighbours = (row, on) => {
    mark(row, "selected", on);
    for (const other of [...inputsOf(row), ...users(row)]) mark(other, "near", on);
    for (const edge of edgesOf(row)) edge.classList.toggle("near", on);
  };
  const entry = (list, name, ...content) => {
    const term = document.createElement("dt");
    const value = document.createElement("dd");
    term.textContent = name;
    value.append(...content);
    list.append(term, value);
  };
  const links = (others) => others.slice(0, 40).map((other) => {
    const button = document.createElement("button");
    button.textContent = other.dataset.n;
    button.addEventListener("click", () => select(other));
    return button;
  }).concat(others.length > 40 ? [`and ${others.length - 40} more`] : []);
  const describe = (row) => {
    const statement = row.querySelector("code").textContent;
    const heading = document.createElement("h3");
    const close = document.createElement("button");
    const list = document.createElement("dl");
    const code = document.createElement("code");
    const type = row.dataset.t || (statement.match(/^[^ ]+: "([^"]*)"/) || [])[1];
    const side = row.closest("figure").dataset.title;
    heading.textContent = row.dataset.n + (side ? ` (${side})` : "");
    close.textContent = "\u00d7";
    close.title = "close (Escape)";
    close.addEventListener("click", () => select(null));
    heading.append(close);
    code.textContent = statement;
    entry(list, "statement", code);
    if (type) entry(list, "type", type);
    const rule = row.querySelector("small");
    if (rule) entry(list, "rule", rule.textContent);
    entry(list, "reads", ...(inputsOf(row).length ? links(inputsOf(row)) : ["nothing"]));
    entry(list, "read by", ...(users(row).length ? links(users(row)) : ["nothing"]));
    if (!verticesOf(row).length && row.closest("section").querySelector("svg")) entry(list, "picture", "not drawn");
    detail.replaceChildren(heading, list);
  };
  const select = (row, quietly) => {
    if (selected) neighbours(selected, false);
    selected = row;
    detail.hidden = !row;
    if (!row) return;
    neighbours(row, true);
    describe(row);
    if (!quietly) reveal(row);
    row.parentElement.setAttribute("aria-activedescendant", row.id);
  };

  for (const list of document.querySelectorAll(".program")) {
    list.addEventListener("click", (event) => {
      const row = event.target.closest("li");
      if (row && String(getSelection()) === "") select(row);
    });
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#s']");
    const row = link && document.getElementById(link.getAttribute("href").slice(1));
    if (row) {
      event.preventDefault();
      select(row);
    }
  });
  const move = (key) => {
    const next = {
      ArrowDown: () => selected.nextElementSibling,
      ArrowUp: () => selected.previousElementSibling,
      ArrowLeft: () => inputsOf(selected)[0],
      ArrowRight: () => users(selected)[0],
    }[key];
    const row = next && next();
    if (row) select(row);
    return Boolean(row);
  };

  // ---- pictures ----

  for (const pane of document.querySelectorAll(".picture")) {
    const svg = pane.querySelector("svg");
    if (!svg.querySelector("g.node")) continue;
    const box = svg.viewBox.baseVal;
    let scale = 1;
    const zoom = (wanted, x, y) => {
      const next = Math.min(4, Math.max(0.05, wanted));
      const left = (pane.scrollLeft + x) / scale;
      const top = (pane.scrollTop + y) / scale;
      scale = next;
      svg.setAttribute("width", box.width * scale);
      svg.setAttribute("height", box.height * scale);
      pane.scrollLeft = left * scale - x;
      pane.scrollTop = top * scale - y;
    };
    const middle = (factor) => zoom(scale * factor, pane.clientWidth / 2, pane.clientHeight / 2);
    const fit = () => zoom(Math.min(1.35, pane.clientWidth / box.width, pane.clientHeight / box.height), 0, 0);
    const actions = { "+": () => middle(1.25), "=": () => middle(1.25), "-": () => middle(0.8), "0": fit };
    for (const button of pane.parentElement.querySelectorAll("button[data-zoom]")) {
      button.addEventListener("click", () => actions[button.dataset.zoom]());
    }
    pane.addEventListener("keydown", (event) => {
      if (actions[event.key] && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        actions[event.key]();
      }
    });
    pane.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const frame = pane.getBoundingClientRect();
      zoom(scale * (event.deltaY < 0 ? 1.15 : 0.87), event.clientX - frame.left, event.clientY - frame.top);
    }, { passive: false });
    let drag = null;
    let dragged = false;
    pane.addEventListener("pointerdown", (event) => {
      drag = event.button === 0 ? { x: event.clientX + pane.scrollLeft, y: event.clientY + pane.scrollTop } : null;
      dragged = false;
    });
    pane.addEventListener("pointermove", (event) => {
      if (!drag) return;
      const moved = Math.abs(drag.x - event.clientX - pane.scrollLeft) + Math.abs(drag.y - event.clientY - pane.scrollTop);
      dragged = dragged || moved > 4;
      pane.classList.toggle("dragged", dragged);
      pane.scrollLeft = drag.x - event.clientX;
      pane.scrollTop = drag.y - event.clientY;
    });
    const drop = () => {
      drag = null;
      pane.classList.remove("dragged");
    };
    pane.addEventListener("pointerup", drop);
    pane.addEventListener("pointerleave", drop);
    const vertexAt = (event) => event.target.closest("g.node[id^=p]");
    pane.addEventListener("click", (event) => {
      const vertex = vertexAt(event);
      const row = vertex && rowOf(vertex);
      if (row && !dragged) select(row);
    });
    pane.addEventListener("pointerover", (event) => {
      const vertex = vertexAt(event);
      const row = vertex && rowOf(vertex);
      if (row && !drag && !selected) {
        describe(row);
        detail.hidden = false;
      }
    });
    pane.addEventListener("pointerout", () => {
      if (!selected) detail.hidden = true;
    });
    zoom(Math.min(1.35, Math.max(0.45, (pane.clientWidth - 20) / box.width)), 0, 0);
    const first = pane.querySelector("g.node").getBoundingClientRect();
    const frame = pane.getBoundingClientRect();
    pane.scrollLeft = (first.left + first.right - frame.left - frame.right) / 2;
  }

  // ---- keys and the address ----

  find.addEventListener("input", () => search(find.value));
  find.form.addEventListener("submit", (event) => event.preventDefault());
  find.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      step(event.shiftKey ? -1 : 1);
    } else if (event.key === "Escape") {
      find.value = "";
      search("");
    }
  });
  document.getElementById("next").addEventListener("click", () => step(1));
  document.getElementById("previous").addEventListener("click", () => step(-1));
  document.addEventListener("keydown", (event) => {
    if (event.target === find || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/") {
      event.preventDefault();
      find.focus();
      find.select();
    } else if (event.key === "Escape") {
      select(null);
    } else if (event.key.startsWith("Arrow")) {
      const list = event.target.closest(".program");
      if (!selected && list) select(list.querySelector("li"));
      else if (!selected || !event.target.closest(".program, .picture") || !move(event.key)) return;
      event.preventDefault();
    }
  });

  // #s0n17 selects a node, #find=TEXT searches and goes to the first that is found.
  const follow = () => {
    const fragment = decodeURIComponent(location.hash.slice(1));
    if (fragment.startsWith("find=")) {
      find.value = fragment.slice(5);
      search(find.value);
      step(1);
    } else if (/^s\d+n\d+$/.test(fragment) && document.getElementById(fragment)) {
      select(document.getElementById(fragment));
    }
  };
  addEventListener("hashchange", follow);
  addEventListener("load", () => requestAnimationFrame(follow)); // once everything has its place
  document.documentElement.classList.add("ready");
})();
