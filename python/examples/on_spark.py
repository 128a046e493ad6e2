"""A folder or bucket of documents on Spark, to Parquet by year.

spark-submit on_spark.py s3a://archive/2024/ s3a://lake/disclosures
"""

import os
import sys

from pyspark.sql import SparkSession

from mingzhang import spark as mingzhang_spark

# On a laptop, tasks run in the Python that this runs in; a cluster says where its Python is.
os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
session = SparkSession.builder.appName("disclosures").getOrCreate()
documents = session.read.format("binaryFile").option("recursiveFileLookup", "true").load(sys.argv[1])
rows = mingzhang_spark.write(documents, sys.argv[2], timeout=60, partition_by_year=True)
rows.groupBy("status", "code").count().show()
