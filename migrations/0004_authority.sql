-- No longer used: a role is described by ordinary statements in a transaction. With the view goes its trigger.
DROP VIEW IF EXISTS role_descriptions;
