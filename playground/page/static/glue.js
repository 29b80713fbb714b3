// What HTML and htmx do not do by themselves: dialogs, scrolling, keys, and keeping what somebody is typing.
const by = (id) => document.getElementById(id);
const pane = () => by("messages");
let atEnd = true;

const toEnd = () => { const p = pane(); if (p && !p.classList.contains("home")) p.scrollTop = p.scrollHeight; };

// A field keeps what the person put there; only a field with another id starts afresh, as in Slack.
const typed = /^(INPUT|TEXTAREA|OPTION|SELECT)$/;
Object.assign(Idiomorph.defaults.callbacks, {
  beforeAttributeUpdated: (name, node) =>
    !((typed.test(node.tagName) && /^(value|checked|selected)$/.test(name)) || (node.tagName === "DETAILS" && name === "open")),
  beforeNodeMorphed: (old, fresh) =>
    !(old.dataset?.keep !== undefined && old.id === fresh.id && old.hasChildNodes()) && !(old.tagName === "TEXTAREA" && old.id === fresh.id && old.isEqualNode(fresh)),
  // In the same breath: a key pressed between a new dialog and its first field's focus would go astray.
  afterNodeMorphed: (old) => { if (old.id === "modal-body") showModal(); },
});

function showModal() {
  const dialog = by("modal"), view = by("modal-body")?.dataset.open;
  if (!dialog) return;
  if (view && dialog.dataset.view !== view) {
    if (by("confirm").open) by("confirm").close(); // it asked about what was there before, and would lie beneath
    htmx.process(dialog); // htmx does so a moment after the swap; a key or a click before that would be lost
    if (!dialog.open) dialog.showModal();
    const first = dialog.querySelector("[autofocus]") || dialog.querySelector(".input :is(input, textarea, select, summary)");
    (first || dialog.querySelector(".dialog-blocks"))?.focus(); // never a button: an Enter meant for the form before would press it
  } else if (!view && dialog.open) closed(dialog);
  dialog.dataset.view = view || "";
}

// Focus goes back to where it was; Chromium gives a text field back without its caret, and then typing is lost.
function closed(dialog) {
  dialog.close();
  const back = document.activeElement;
  if (back?.id === "composer") { back.blur(); back.focus(); }
}

function ask(question, then) {
  const { title, text, yes, no, style } = JSON.parse(question), dialog = by("confirm");
  by("confirm-title").textContent = title;
  by("confirm-text").innerHTML = text; // drawn and escaped by the server
  by("confirm-yes").textContent = yes;
  by("confirm-no").textContent = no;
  by("confirm-yes").className = `button button-${style || "primary"}`;
  dialog.returnValue = "no";
  dialog.addEventListener("close", () => dialog.returnValue === "yes" && then(), { once: true });
  dialog.showModal();
}

document.addEventListener("htmx:confirm", (event) => {
  const question = event.detail.elt.dataset.confirm;
  if (!question) return;
  event.preventDefault();
  ask(question, () => event.detail.issueRequest(true));
});
document.addEventListener("htmx:beforeSwap", () => {
  const p = pane();
  atEnd = !p || p.scrollHeight - p.scrollTop - p.clientHeight < 80;
});
document.addEventListener("htmx:afterSettle", () => { if (atEnd) toEnd(); });
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const form = detail.elt;
  if (form.id === "live" && (!detail.successful || detail.xhr.status === 204)) setTimeout(listen, detail.successful ? 500 : 1500);
  if (form.id.startsWith("form-")) document.querySelector("#modal .has-error :is(input, textarea, select, summary)")?.focus();
  if (form.matches(".reply-form") && detail.successful) form.reset();
  const edit = form.closest("details[id^=edit-]");
  if (edit && detail.successful) edit.open = false;
  if (form.dataset.reload !== undefined) location.reload();
  if (form.matches(".composer")) { if (detail.successful) toEnd(); else by("composer").value ||= form.dataset.sent; }
});
// Who can't be seen asks for no news: a browser has six connections for all its tabs together.
const listen = () => document.hidden || htmx.trigger("#live", "again");
document.addEventListener("visibilitychange", listen);
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.elt.id === "live" && document.hidden) event.preventDefault();
});
// Emptied when it is sent, not when the app has answered: by then there may be new words in it.
document.addEventListener("htmx:beforeRequest", ({ detail: { elt } }) => {
  if (elt.matches(".composer")) { elt.dataset.sent = by("composer").value; elt.reset(); hint(""); }
});

function hint(text) {
  const list = by("hints"), word = text.split(/\s/)[0];
  if (!list) return;
  const lines = [...list.querySelectorAll(".hint-line")];
  lines.forEach((line) => { line.hidden = !line.dataset.command.startsWith(word); });
  list.hidden = !text.startsWith("/") || /\s/.test(text) || lines.every((line) => line.hidden);
}

// The arrows go from the composer through the commands on offer and back to it.
function toHint(from, step) {
  const stops = [by("composer"), ...by("hints").querySelectorAll(".hint-line:not([hidden])")];
  stops[(stops.indexOf(from) + step + stops.length) % stops.length]?.focus();
}

document.addEventListener("change", ({ target }) => {
  const multi = target.closest(".multi"), chosen = multi?.querySelectorAll(":checked").length;
  if (multi) multi.querySelector(".multi-words").textContent = chosen ? `${chosen} chosen` : multi.dataset.empty;
});
document.addEventListener("input", ({ target }) => target.id === "composer" && hint(target.value));
document.addEventListener("keydown", (event) => {
  const { target, key } = event;
  if (key === "Escape") { if (target.matches(".hint-line")) by("composer").focus(); hint(""); document.querySelectorAll("details:is(.switcher, .overflow)[open]").forEach((d) => { d.open = false; }); }
  const offered = by("hints")?.hidden === false && by("hints").querySelector(".hint-line:not([hidden])");
  if (key === "Tab" && target.id === "composer" && offered) { event.preventDefault(); offered.click(); }
  if (offered && /^Arrow(Down|Up)$/.test(key) && target.closest(".composer")) { event.preventDefault(); toHint(target, key === "ArrowDown" ? 1 : -1); }
  if (key !== "Enter" || event.shiftKey || event.isComposing) return;
  if (target.matches("#composer, .reply-form textarea")) { event.preventDefault(); target.form.requestSubmit(); }
  if (target.dataset.enter !== undefined) { event.preventDefault(); htmx.trigger(target, "enter"); }
});
document.addEventListener("click", ({ target }) => {
  by("toast")?.replaceChildren(); // what was said lies over the messages no longer than till the next click
  const command = target.closest(".hint-line")?.dataset.command, toggle = target.closest(".nav-toggle");
  if (command === "/") { by("composer").form.reset(); hint(""); }
  else if (command) { by("composer").value = `${command} `; by("composer").focus(); hint(""); }
  const reply = by(target.closest("[data-reply]")?.dataset.reply);
  if (reply) { reply.open = true; reply.querySelector("textarea").focus(); }
  if (toggle) toggle.ariaExpanded = String(document.body.classList.toggle("nav-open"));
  else if (!target.closest(".sidebar")) document.body.classList.remove("nav-open");
  document.querySelectorAll("details:is(.switcher, .overflow)[open]").forEach((d) => { if (!d.contains(target) || target.closest(".menu")) d.open = false; });
});
document.addEventListener("cancel", (event) => {
  if (event.target.id !== "modal") return;
  event.preventDefault(); // the server closes it, so that the app hears of it
  by("modal").querySelector(".dialog-x")?.click();
}, true);
// On a phone a panel lies over the conversation: it is not there again on the next page, nobody having asked for it.
function shutRemembered() {
  const panel = document.querySelector(".inspector:not([hidden])"), phone = matchMedia("(max-width: 760px)").matches;
  if (!panel || !phone || new URLSearchParams(location.search).has("panel")) return;
  panel.hidden = true;
  location.replace(panel.querySelector(".inspector-head a").href);
}
document.addEventListener("DOMContentLoaded", () => { shutRemembered(); showModal(); toEnd(); document.querySelector("article:target")?.scrollIntoView({ block: "center" }); });
