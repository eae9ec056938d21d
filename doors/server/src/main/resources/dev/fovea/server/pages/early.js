// Before the first paint, so that neither colours nor language flicker: what this browser chose last time.
document.documentElement.dataset.theme = localStorage.getItem('fovea.theme') ?? '';
document.documentElement.lang = localStorage.getItem('fovea.language') ?? navigator.language;
