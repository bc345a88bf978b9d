"use strict";
const form = document.querySelector(".filter");
if (form) {
    const input = form.querySelector("input");
    const output = form.querySelector("output");
    const groups = Array.from(document.querySelectorAll(".group"), (group) => {
        const heading = group.querySelector("h3").textContent;
        const articles = Array.from(group.querySelectorAll("article"), (article) => [article, `${heading} ${article.textContent}`.toLowerCase()]);
        return [group, articles];
    });
    const filter = () => {
        const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
        let shown = 0;
        let all = 0;
        for (const [group, articles] of groups) {
            for (const [article, text] of articles) {
                article.hidden = !words.every((word) => text.includes(word));
                shown += article.hidden ? 0 : 1;
            }
            all += articles.length;
            group.hidden = articles.every(([article]) => article.hidden);
        }
        output.textContent = words.length > 0 ? `${shown} of ${all}` : "";
    };
    form.hidden = false;
    form.addEventListener("submit", (event) => event.preventDefault());
    input.addEventListener("input", filter);
    // A link to an error that the filter hides shows it.
    window.addEventListener("hashchange", () => {
        const target = document.getElementById(location.hash.slice(1));
        if (target && target.closest("[hidden]")) {
            input.value = "";
            filter();
            target.scrollIntoView();
        }
    });
    window.addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((details) => (details.open = true)));
}
const drawing = document.querySelector(".timeline svg");
const zoom = document.querySelector(".zoom");
if (drawing && zoom) {
    let scale = 1;
    zoom.hidden = false;
    zoom.addEventListener("click", (event) => {
        const button = event.target.closest("button");
        if (button) {
            const region = drawing.parentElement;
            const middle = (region.scrollLeft + region.clientWidth / 2) / region.scrollWidth;
            scale = Math.min(32, Math.max(1, scale * Number(button.value)));
            drawing.style.width = `${scale * 100}%`;
            region.scrollLeft = middle * region.scrollWidth - region.clientWidth / 2;
        }
    });
}
