"""A Dask cluster on this machine: prints its address, and lives until it is killed."""

from __future__ import annotations

import time

from distributed import LocalCluster

if __name__ == "__main__":
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as cluster:
        print(cluster.scheduler_address, flush=True)  # noqa: T201
        while True:
            time.sleep(60)
