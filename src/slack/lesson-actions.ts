/** The value is an open deal: opens what losses like it taught. */
export const lessonsId = 'lessons_show';
