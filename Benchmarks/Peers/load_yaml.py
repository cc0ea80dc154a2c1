"""usage: load_yaml.py FOLDER     loads every YAML file below a folder by libyaml, as Python programs do it

usage: load_yaml.py FILE COUNT    loads one file so many times, and prints the median of the times in seconds
"""

import os
import sys
import time
from statistics import median

import yaml


def load(path):
    with open(path, "rb") as file:
        for _ in yaml.load_all(file, Loader=yaml.CSafeLoader):
            pass


if len(sys.argv) == 3:
    seconds = []
    for _ in range(int(sys.argv[2])):
        start = time.perf_counter()
        load(sys.argv[1])
        seconds.append(time.perf_counter() - start)
    print(median(seconds))
else:
    count = 0
    for folder, _, names in os.walk(sys.argv[1]):
        for name in names:
            if name.endswith((".yaml", ".yml")):
                load(os.path.join(folder, name))
                count += 1
    print(count)
