-- 转移: open duties and what stays known go with the people; visits stay where they were made.
grant update (division_code, subject_id, household_id) on duty to wuxin_app;
grant update (division_code) on card_field, card_conflict to wuxin_app;
