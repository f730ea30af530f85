// Dates and times: the browser's own picker, under words that everyone reads the same way.

const WORDS = {
  date: { weekday: "short", day: "numeric", month: "short", year: "numeric" },
  time: { hour: "2-digit", minute: "2-digit" },
};
WORDS["datetime-local"] = { ...WORDS.date, ...WORDS.time };

function words(picker) {
  if (!picker.value) return picker.dataset.empty;
  const at = new Date(picker.type === "time" ? `2000-01-01T${picker.value}` : `${picker.value}${picker.type === "date" ? "T00:00" : ""}`);
  return new Intl.DateTimeFormat("en-GB", WORDS[picker.type]).format(at);
}

function show() {
  for (const picker of document.querySelectorAll(".pick .picker")) {
    const shown = picker.parentElement.querySelector(".picked");
    shown.textContent = words(picker);
    shown.classList.toggle("quiet", !picker.value);
  }
}

document.addEventListener("shown", show);
document.addEventListener("input", show);
document.addEventListener("change", show);
show();

// Anywhere on it opens the calendar, as in Slack; the keyboard types into it.
document.addEventListener("click", (event) => {
  if (event.target.matches(".pick .picker")) event.target.showPicker?.();
});
