"""Running an installation: processes, backups, health. What `niangjia <verb>` calls."""
