/** Stands for the documentation of fields where it cannot be asked for. */
// biome-ignore lint/style/noDefaultExport: as the JSON module it stands for
export default {}
