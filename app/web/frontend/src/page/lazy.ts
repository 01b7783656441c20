// Parts that are fetched when they are first needed.
export const About = (): Promise<typeof import("./about")> => import("./about");
