SELECT
  "t30"."province",
  "t30"."year",
  "t30"."month",
  "t30"."source",
  "t30"."kind",
  "t30"."assigned",
  "t30"."carried_over",
  "t30"."allocated",
  "t30"."disbursed",
  CASE
    WHEN (
      COALESCE("t30"."reports", 0) > 0
    )
    AND (
      (
        "t30"."told" = "t30"."months"
      )
      OR (
        (
          "t30"."assigned" + "t30"."carried_over"
        ) = 0
      )
    )
    THEN COALESCE("t30"."disbursed_ytd", 0)
    ELSE NULL
  END AS "disbursed_ytd"
FROM (
  SELECT
    "t29"."province",
    "t29"."year",
    "t29"."source",
    "t29"."kind",
    "t29"."assigned",
    "t29"."carried_over",
    "t29"."allocated",
    "t29"."month",
    "t29"."disbursed",
    "t29"."disbursed_ytd",
    "t29"."quarter",
    "t29"."reports",
    SUM("t29"."told") OVER (
      PARTITION BY "t29"."province", "t29"."year", "t29"."source", "t29"."kind"
      ORDER BY "t29"."month" ASC
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS "told",
    COUNT(*) OVER (
      PARTITION BY "t29"."province", "t29"."year", "t29"."source", "t29"."kind"
      ORDER BY "t29"."month" ASC
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS "months"
  FROM (
    SELECT
      "t28"."province",
      "t28"."year",
      "t28"."source",
      "t28"."kind",
      "t28"."assigned",
      "t28"."carried_over",
      "t28"."allocated",
      "t28"."month",
      "t28"."disbursed",
      "t28"."disbursed_ytd",
      "t28"."quarter",
      "t24"."reports",
      "t15"."told"
    FROM (
      SELECT
        "t26"."province",
        "t26"."year",
        "t26"."source",
        "t26"."kind",
        "t26"."assigned",
        "t26"."carried_over",
        "t26"."allocated",
        "t26"."month",
        "t26"."disbursed",
        "t26"."disbursed_ytd",
        SUBSTRING(
          "t26"."month",
          CASE WHEN (
            0 + 1
          ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t26"."month") END,
          4
        ) || 'Q' || CAST(CAST(FLOOR((
          CAST(RIGHT("t26"."month", 2) AS BIGINT) + 2
        ) / (
          3
        )) AS BIGINT) AS TEXT) AS "quarter"
      FROM (
        SELECT
          "t25"."province",
          "t25"."year",
          "t25"."source",
          "t25"."kind",
          "t25"."assigned",
          "t25"."carried_over",
          "t25"."allocated",
          "t25"."month",
          "t25"."disbursed",
          SUM("t25"."disbursed") OVER (
            PARTITION BY "t25"."province", "t25"."year", "t25"."source", "t25"."kind"
            ORDER BY "t25"."month" ASC
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
          ) AS "disbursed_ytd"
        FROM (
          SELECT
            "t22"."province",
            "t22"."year",
            "t22"."source",
            "t22"."kind",
            "t22"."assigned",
            "t22"."carried_over",
            "t22"."allocated",
            "t7"."month",
            "t21"."disbursed"
          FROM (
            SELECT
              "t17"."province",
              "t17"."year",
              "t17"."source",
              "t17"."kind",
              SUM("t17"."assigned") AS "assigned",
              SUM("t17"."carried_over") AS "carried_over",
              SUM("t17"."allocated") AS "allocated"
            FROM (
              SELECT
                "t13"."province",
                "t13"."year",
                "t13"."source",
                UNNEST(CAST(['tat_ca', "t13"."kind"] AS TEXT[])) AS "kind",
                "t13"."assigned",
                "t13"."carried_over",
                "t13"."allocated"
              FROM (
                SELECT
                  "t2"."province",
                  "t2"."year",
                  UNNEST(CAST(['tat_ca', "t2"."source"] AS TEXT[])) AS "source",
                  "t2"."kind",
                  "t2"."assigned",
                  "t2"."carried_over",
                  "t2"."allocated"
                FROM "funding" AS "t2"
              ) AS "t13"
            ) AS "t17"
            GROUP BY
              1,
              2,
              3,
              4
          ) AS "t22"
          INNER JOIN (
            SELECT DISTINCT
              "t0"."year",
              "t0"."month"
            FROM "disbursements" AS "t0"
          ) AS "t7"
            ON "t22"."year" = "t7"."year"
          LEFT OUTER JOIN (
            SELECT
              "t16"."province",
              "t16"."year",
              "t16"."month",
              "t16"."source",
              "t16"."kind",
              SUM("t16"."disbursed") AS "disbursed"
            FROM (
              SELECT
                "t12"."province",
                "t12"."year",
                "t12"."month",
                "t12"."source",
                UNNEST(CAST(['tat_ca', "t12"."kind"] AS TEXT[])) AS "kind",
                "t12"."disbursed"
              FROM (
                SELECT
                  "t0"."province",
                  "t0"."year",
                  "t0"."month",
                  UNNEST(CAST(['tat_ca', "t0"."source"] AS TEXT[])) AS "source",
                  "t0"."kind",
                  "t0"."disbursed"
                FROM "disbursements" AS "t0"
              ) AS "t12"
            ) AS "t16"
            GROUP BY
              1,
              2,
              3,
              4,
              5
          ) AS "t21"
            ON "t22"."province" = "t21"."province"
            AND "t22"."year" = "t21"."year"
            AND "t7"."month" = "t21"."month"
            AND "t22"."source" = "t21"."source"
            AND "t22"."kind" = "t21"."kind"
        ) AS "t25"
      ) AS "t26"
    ) AS "t28"
    LEFT OUTER JOIN (
      SELECT
        "t18"."province",
        "t18"."quarter",
        CAST(CASE WHEN "t18"."received_date" IS NOT NULL THEN 1 ELSE 0 END AS BIGINT) AS "reports"
      FROM (
        SELECT
          "t14"."province",
          "t8"."quarter",
          "t9"."received_date",
          "t9"."due_date"
        FROM (
          SELECT
            UNNEST(
              CAST([
                '01',
                '02',
                '04',
                '06',
                '08',
                '10',
                '11',
                '12',
                '14',
                '15',
                '17',
                '19',
                '20',
                '22',
                '24',
                '25',
                '26',
                '27',
                '30',
                '31',
                '33',
                '34',
                '35',
                '36',
                '37',
                '38',
                '40',
                '42',
                '44',
                '45',
                '46',
                '48',
                '49',
                '51',
                '52',
                '54',
                '56',
                '58',
                '60',
                '62',
                '64',
                '66',
                '67',
                '68',
                '70',
                '72',
                '74',
                '75',
                '77',
                '79',
                '80',
                '82',
                '83',
                '84',
                '86',
                '87',
                '89',
                '91',
                '92',
                '93',
                '94',
                '95',
                '96'
              ] AS TEXT[])
            ) AS "province"
        ) AS "t14"
        CROSS JOIN (
          SELECT DISTINCT
            "t1"."quarter"
          FROM "submissions" AS "t1"
        ) AS "t8"
        LEFT OUTER JOIN (
          SELECT
            "t1"."province",
            "t1"."quarter",
            "t1"."received_date",
            "t1"."due_date"
          FROM "submissions" AS "t1"
        ) AS "t9"
          ON "t14"."province" = "t9"."province" AND "t8"."quarter" = "t9"."quarter"
      ) AS "t18"
    ) AS "t24"
      ON "t28"."province" = "t24"."province" AND "t28"."quarter" = "t24"."quarter"
    LEFT OUTER JOIN (
      SELECT
        "t3"."province",
        "t3"."year",
        "t3"."month",
        1 AS "told"
      FROM (
        SELECT DISTINCT
          "t0"."province",
          "t0"."year",
          "t0"."month"
        FROM "disbursements" AS "t0"
      ) AS "t3"
    ) AS "t15"
      ON "t28"."province" = "t15"."province"
      AND "t28"."year" = "t15"."year"
      AND "t28"."month" = "t15"."month"
  ) AS "t29"
) AS "t30"
