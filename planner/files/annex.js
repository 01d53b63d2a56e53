// Shows the answer that is already on the page for the initiative and the way that were chosen, and saves the data.
"use strict";
(() => {
  const find = (id) => document.getElementById(id);

  const which = find("which");
  if (which) {
    const [controls, reply, inside, outside] = ["controls", "reply", "way-in", "way-out"].map(find);
    const show = () => {
      reply.replaceChildren();
      reply.hidden = !which.value;
      if (!which.value) return;
      const heading = document.createElement("h3");
      heading.textContent = which.selectedOptions[0].textContent;
      const answer = find((inside.checked ? "in-" : "out-") + which.value).cloneNode(true);
      for (const fold of answer.querySelectorAll("details")) fold.open = true;
      reply.append(heading, ...answer.childNodes);
    };
    which.addEventListener("change", () => {
      // The way that changes the plan is what a reader asks about.
      if (which.value) (which.selectedOptions[0].dataset.chosen === "1" ? outside : inside).checked = true;
      show();
    });
    inside.addEventListener("change", show);
    outside.addEventListener("change", show);
    controls.hidden = false;
    find("all").open = false;
    which.value = "";
    addEventListener("beforeprint", () => { find("all").open = true; });
  }

  const text = (id) => find(id).textContent;
  const files = {
    problem: () => text("problem"),
    decision: () => `{"format":"malrett-decision/1","problem":${text("problem")},"result":${text("result")}}`,
  };
  for (const button of document.querySelectorAll("#save button")) {
    button.addEventListener("click", () => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([files[button.dataset.which]()], { type: "application/json" }));
      link.download = button.dataset.name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60000);
      find("saved").textContent = find("saved").dataset.said;
    });
  }
  find("save").hidden = false;
  find("unsaved").hidden = true;
})();
