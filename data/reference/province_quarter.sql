WITH "t25" AS (
  SELECT
    "t19"."province",
    "t11"."quarter",
    "t12"."received_date",
    "t12"."due_date"
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
  ) AS "t19"
  CROSS JOIN (
    SELECT DISTINCT
      "t0"."quarter"
    FROM "submissions" AS "t0"
  ) AS "t11"
  LEFT OUTER JOIN (
    SELECT
      "t0"."province",
      "t0"."quarter",
      "t0"."received_date",
      "t0"."due_date"
    FROM "submissions" AS "t0"
  ) AS "t12"
    ON "t19"."province" = "t12"."province" AND "t11"."quarter" = "t12"."quarter"
), "t38" AS (
  SELECT
    "t32"."province",
    "t32"."quarter",
    "t32"."year",
    "t32"."month",
    "t32"."source",
    "t32"."kind",
    "t32"."disbursed" AS "disbursed_ytd"
  FROM (
    SELECT
      "t28"."province",
      "t28"."quarter",
      "t28"."year",
      "t23"."month",
      "t23"."source",
      "t23"."kind",
      "t23"."disbursed"
    FROM (
      SELECT
        "t26"."province",
        "t26"."quarter",
        CAST(SUBSTRING(
          "t26"."quarter",
          CASE WHEN (
            0 + 1
          ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t26"."quarter") END,
          4
        ) AS BIGINT) AS "year"
      FROM "t25" AS "t26"
    ) AS "t28"
    INNER JOIN (
      SELECT
        "t4"."province",
        "t4"."year",
        "t4"."month",
        UNNEST(CAST(['tat_ca', "t4"."source"] AS TEXT[])) AS "source",
        "t4"."kind",
        "t4"."disbursed"
      FROM "disbursements" AS "t4"
    ) AS "t23"
      ON "t28"."province" = "t23"."province" AND "t28"."year" = "t23"."year"
  ) AS "t32"
  WHERE
    "t32"."month" <= SUBSTRING(
      "t32"."quarter",
      CASE WHEN (
        0 + 1
      ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t32"."quarter") END,
      4
    ) || '-' || RIGHT('0' || CAST(CAST(RIGHT("t32"."quarter", 1) AS BIGINT) * 3 AS TEXT), 2)
)
SELECT
  "t53"."province",
  "t53"."quarter",
  "t53"."form",
  "t53"."source",
  CASE WHEN "t53"."reports" > 0 THEN COALESCE("t53"."models", 0) ELSE NULL END AS "models",
  CASE WHEN "t53"."reports" > 0 THEN COALESCE("t53"."models_started", 0) ELSE NULL END AS "models_started",
  CASE WHEN "t53"."reports" > 0 THEN COALESCE("t53"."models_due", 0) ELSE NULL END AS "models_due",
  CASE
    WHEN "t53"."reports" > 0
    THEN COALESCE("t53"."models_suspended", 0)
    ELSE NULL
  END AS "models_suspended",
  CASE WHEN "t53"."reports" > 0 THEN COALESCE("t53"."households", 0) ELSE NULL END AS "households",
  CASE
    WHEN "t53"."reports" > 0
    THEN COALESCE("t53"."households_planned", 0)
    ELSE NULL
  END AS "households_planned",
  CASE WHEN "t53"."reports" > 0 THEN COALESCE("t53"."poor", 0) ELSE NULL END AS "poor",
  CASE WHEN "t53"."reports" > 0 THEN COALESCE("t53"."near_poor", 0) ELSE NULL END AS "near_poor",
  CASE WHEN "t53"."reports" > 0 THEN COALESCE("t53"."newly_escaped", 0) ELSE NULL END AS "newly_escaped",
  CASE WHEN "t53"."reports" > 0 THEN COALESCE("t53"."women_headed", 0) ELSE NULL END AS "women_headed",
  CASE WHEN "t53"."reports" > 0 THEN COALESCE("t53"."women", 0) ELSE NULL END AS "women",
  CASE
    WHEN "t53"."reports" > 0
    THEN COALESCE("t53"."ethnic_minority", 0)
    ELSE NULL
  END AS "ethnic_minority",
  CASE WHEN "t53"."reports" > 0 THEN COALESCE("t53"."households_out", 0) ELSE NULL END AS "households_out",
  CASE WHEN "t53"."reports" > 0 THEN COALESCE("t53"."budget", 0) ELSE NULL END AS "budget",
  CASE WHEN "t53"."reports" > 0 THEN COALESCE("t53"."planned_value", 0) ELSE NULL END AS "planned_value",
  CASE WHEN "t53"."reports" > 0 THEN COALESCE("t53"."earned_value", 0) ELSE NULL END AS "earned_value",
  CASE WHEN "t53"."reports" > 0 THEN COALESCE("t53"."spent", 0) ELSE NULL END AS "spent",
  CASE WHEN "t53"."form" = 'tat_ca' THEN COALESCE("t53"."assigned", 0) ELSE NULL END AS "assigned",
  CASE
    WHEN "t53"."form" = 'tat_ca'
    THEN COALESCE("t53"."carried_over", 0)
    ELSE NULL
  END AS "carried_over",
  CASE WHEN "t53"."form" = 'tat_ca' THEN COALESCE("t53"."allocated", 0) ELSE NULL END AS "allocated",
  CASE
    WHEN "t53"."form" = 'tat_ca'
    THEN CASE
      WHEN COALESCE("t53"."unknown", FALSE)
      THEN NULL
      ELSE CASE WHEN "t53"."reports" > 0 THEN COALESCE("t53"."plan_reported", 0) ELSE NULL END
    END
    ELSE NULL
  END AS "plan_reported",
  CASE
    WHEN "t53"."form" = 'tat_ca'
    THEN CASE
      WHEN COALESCE("t53"."unknown", FALSE)
      THEN NULL
      ELSE CASE WHEN "t53"."reports" > 0 THEN COALESCE("t53"."disbursed_ytd", 0) ELSE NULL END
    END
    ELSE NULL
  END AS "disbursed_ytd",
  "t53"."reports",
  "t53"."reports_due",
  "t53"."reports_in_time"
FROM (
  SELECT
    "t30"."province",
    "t30"."quarter",
    "t30"."reports",
    "t30"."reports_due",
    "t30"."reports_in_time",
    "t16"."form",
    "t17"."source",
    "t49"."models",
    "t49"."models_started",
    "t49"."models_due",
    "t49"."models_suspended",
    "t49"."households",
    "t49"."households_planned",
    "t49"."poor",
    "t49"."near_poor",
    "t49"."newly_escaped",
    "t49"."women_headed",
    "t49"."women",
    "t49"."ethnic_minority",
    "t49"."households_out",
    "t49"."budget",
    "t49"."planned_value",
    "t49"."earned_value",
    "t49"."spent",
    "t52"."assigned",
    "t52"."carried_over",
    "t52"."allocated",
    "t52"."disbursed_ytd",
    "t52"."plan_reported",
    "t52"."unknown"
  FROM (
    SELECT
      "t26"."province",
      "t26"."quarter",
      CAST(CASE WHEN "t26"."received_date" IS NOT NULL THEN 1 ELSE 0 END AS BIGINT) AS "reports",
      CAST(1 AS BIGINT) AS "reports_due",
      CAST(CASE
        WHEN COALESCE(
          (
            "t26"."received_date" IS NOT NULL
          )
          AND (
            "t26"."received_date" <= "t26"."due_date"
          ),
          FALSE
        )
        THEN 1
        ELSE 0
      END AS BIGINT) AS "reports_in_time"
    FROM "t25" AS "t26"
  ) AS "t30"
  CROSS JOIN (
    SELECT
      UNNEST(CAST(['tat_ca', 'chuoi_gia_tri', 'cong_dong', 'nhiem_vu', 'dac_thu'] AS TEXT[])) AS "form"
  ) AS "t16"
  CROSS JOIN (
    SELECT
      UNNEST(CAST(['tat_ca', 'trung_uong', 'dia_phuong', 'khac'] AS TEXT[])) AS "source"
  ) AS "t17"
  LEFT OUTER JOIN (
    SELECT
      "t47"."province",
      "t47"."quarter",
      "t47"."form",
      "t47"."source",
      SUM("t47"."models") AS "models",
      SUM("t47"."models_started") AS "models_started",
      SUM("t47"."models_due") AS "models_due",
      SUM("t47"."models_suspended") AS "models_suspended",
      SUM("t47"."households") AS "households",
      SUM("t47"."households_planned") AS "households_planned",
      SUM("t47"."poor") AS "poor",
      SUM("t47"."near_poor") AS "near_poor",
      SUM("t47"."newly_escaped") AS "newly_escaped",
      SUM("t47"."women_headed") AS "women_headed",
      SUM("t47"."women") AS "women",
      SUM("t47"."ethnic_minority") AS "ethnic_minority",
      SUM("t47"."households_out") AS "households_out",
      SUM("t47"."budget") AS "budget",
      SUM("t47"."planned_value") AS "planned_value",
      SUM("t47"."earned_value") AS "earned_value",
      SUM("t47"."spent") AS "spent"
    FROM (
      SELECT
        "t46"."province",
        "t46"."quarter",
        UNNEST(CAST(['tat_ca', "t46"."form"] AS TEXT[])) AS "form",
        "t46"."source",
        "t46"."models",
        "t46"."models_started",
        "t46"."models_due",
        "t46"."models_suspended",
        "t46"."households",
        "t46"."households_planned",
        "t46"."poor",
        "t46"."near_poor",
        "t46"."newly_escaped",
        "t46"."women_headed",
        "t46"."women",
        "t46"."ethnic_minority",
        "t46"."households_out",
        "t46"."budget",
        "t46"."planned_value",
        "t46"."earned_value",
        "t46"."spent"
      FROM (
        SELECT
          "t40"."province",
          "t40"."quarter",
          "t40"."form",
          "t40"."source",
          "t40"."models",
          "t40"."models_started",
          "t40"."models_due",
          "t40"."models_suspended",
          "t40"."households",
          "t40"."households_planned",
          "t40"."poor",
          "t40"."near_poor",
          "t40"."newly_escaped",
          "t40"."women_headed",
          "t40"."women",
          "t40"."ethnic_minority",
          "t40"."households_out",
          CASE "t40"."source"
            WHEN 'trung_uong'
            THEN "t40"."budget_trung_uong"
            WHEN 'dia_phuong'
            THEN "t40"."budget_dia_phuong"
            WHEN 'khac'
            THEN "t40"."budget_khac"
            ELSE "t40"."budget_trung_uong" + "t40"."budget_dia_phuong" + "t40"."budget_khac"
          END AS "budget",
          CAST(FLOOR(
            (
              CASE "t40"."source"
                WHEN 'trung_uong'
                THEN "t40"."budget_trung_uong"
                WHEN 'dia_phuong'
                THEN "t40"."budget_dia_phuong"
                WHEN 'khac'
                THEN "t40"."budget_khac"
                ELSE "t40"."budget_trung_uong" + "t40"."budget_dia_phuong" + "t40"."budget_khac"
              END * "t40"."planned"
            ) + 0.5
          ) AS BIGINT) AS "planned_value",
          CAST(FLOOR(
            (
              CASE "t40"."source"
                WHEN 'trung_uong'
                THEN "t40"."budget_trung_uong"
                WHEN 'dia_phuong'
                THEN "t40"."budget_dia_phuong"
                WHEN 'khac'
                THEN "t40"."budget_khac"
                ELSE "t40"."budget_trung_uong" + "t40"."budget_dia_phuong" + "t40"."budget_khac"
              END * "t40"."actual"
            ) + 0.5
          ) AS BIGINT) AS "earned_value",
          CASE "t40"."source"
            WHEN 'trung_uong'
            THEN "t40"."spent_trung_uong"
            WHEN 'dia_phuong'
            THEN "t40"."spent_dia_phuong"
            WHEN 'khac'
            THEN "t40"."spent_khac"
            ELSE "t40"."spent_trung_uong" + "t40"."spent_dia_phuong" + "t40"."spent_khac"
          END AS "spent"
        FROM (
          SELECT
            "t37"."model_id",
            "t37"."quarter",
            "t37"."stage",
            "t37"."planned",
            "t37"."actual",
            "t37"."poor",
            "t37"."near_poor",
            "t37"."newly_escaped",
            "t37"."women_headed",
            "t37"."women",
            "t37"."ethnic_minority",
            "t37"."households_out",
            "t37"."spent_trung_uong",
            "t37"."spent_dia_phuong",
            "t37"."spent_khac",
            "t37"."province",
            "t37"."form",
            "t37"."approval_date",
            "t37"."planned_start",
            "t37"."households_planned",
            "t37"."budget_trung_uong",
            "t37"."budget_dia_phuong",
            "t37"."budget_khac",
            "t37"."quarter_end",
            "t37"."models",
            "t37"."models_started",
            "t37"."models_due",
            "t37"."models_suspended",
            "t37"."households",
            "t18"."source"
          FROM (
            SELECT
              "t34"."model_id",
              "t34"."quarter",
              "t34"."stage",
              "t34"."planned",
              "t34"."actual",
              "t34"."poor",
              "t34"."near_poor",
              "t34"."newly_escaped",
              "t34"."women_headed",
              "t34"."women",
              "t34"."ethnic_minority",
              "t34"."households_out",
              "t34"."spent_trung_uong",
              "t34"."spent_dia_phuong",
              "t34"."spent_khac",
              "t34"."province",
              "t34"."form",
              "t34"."approval_date",
              "t34"."planned_start",
              CASE
                WHEN "t34"."planned_start" <= "t34"."quarter_end"
                THEN "t34"."households_planned"
                ELSE 0
              END AS "households_planned",
              "t34"."budget_trung_uong",
              "t34"."budget_dia_phuong",
              "t34"."budget_khac",
              "t34"."quarter_end",
              1 AS "models",
              CAST(CASE
                WHEN "t34"."stage" IN ('trien_khai', 'nghiem_thu', 'quay_vong')
                THEN 1
                ELSE 0
              END AS BIGINT) AS "models_started",
              CAST(CASE WHEN "t34"."planned_start" <= "t34"."quarter_end" THEN 1 ELSE 0 END AS BIGINT) AS "models_due",
              CAST(CASE WHEN "t34"."stage" = 'tam_dung' THEN 1 ELSE 0 END AS BIGINT) AS "models_suspended",
              "t34"."poor" + "t34"."near_poor" + "t34"."newly_escaped" AS "households"
            FROM (
              SELECT
                "t24"."model_id",
                "t24"."quarter",
                "t24"."stage",
                "t24"."planned",
                "t24"."actual",
                "t24"."poor",
                "t24"."near_poor",
                "t24"."newly_escaped",
                "t24"."women_headed",
                "t24"."women",
                "t24"."ethnic_minority",
                "t24"."households_out",
                "t24"."spent_trung_uong",
                "t24"."spent_dia_phuong",
                "t24"."spent_khac",
                "t24"."province",
                "t24"."form",
                "t24"."approval_date",
                "t24"."planned_start",
                "t24"."households_planned",
                "t24"."budget_trung_uong",
                "t24"."budget_dia_phuong",
                "t24"."budget_khac",
                (
                  CAST(SUBSTRING(
                    "t24"."quarter",
                    CASE WHEN (
                      0 + 1
                    ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t24"."quarter") END,
                    4
                  ) || '-' || RIGHT('0' || CAST(CAST(RIGHT("t24"."quarter", 1) AS BIGINT) * 3 AS TEXT), 2) || '-01' AS DATE) + INTERVAL '1' MONTH
                ) - INTERVAL '1' DAY AS "quarter_end"
              FROM (
                SELECT
                  "t14"."model_id",
                  "t14"."quarter",
                  "t14"."stage",
                  "t14"."planned",
                  "t14"."actual",
                  "t14"."poor",
                  "t14"."near_poor",
                  "t14"."newly_escaped",
                  "t14"."women_headed",
                  "t14"."women",
                  "t14"."ethnic_minority",
                  "t14"."households_out",
                  "t14"."spent_trung_uong",
                  "t14"."spent_dia_phuong",
                  "t14"."spent_khac",
                  "t15"."province",
                  "t15"."form",
                  "t15"."approval_date",
                  "t15"."planned_start",
                  "t15"."households_planned",
                  "t15"."budget_trung_uong",
                  "t15"."budget_dia_phuong",
                  "t15"."budget_khac"
                FROM (
                  SELECT
                    "t2"."model_id",
                    "t2"."quarter",
                    "t2"."stage",
                    "t2"."planned",
                    "t2"."actual",
                    "t2"."poor",
                    "t2"."near_poor",
                    "t2"."newly_escaped",
                    "t2"."women_headed",
                    "t2"."women",
                    "t2"."ethnic_minority",
                    "t2"."households_out",
                    "t2"."spent_trung_uong",
                    "t2"."spent_dia_phuong",
                    "t2"."spent_khac"
                  FROM "progress" AS "t2"
                ) AS "t14"
                INNER JOIN (
                  SELECT
                    "t3"."model_id",
                    "t3"."province",
                    "t3"."form",
                    "t3"."approval_date",
                    "t3"."planned_start",
                    "t3"."households_planned",
                    "t3"."budget_trung_uong",
                    "t3"."budget_dia_phuong",
                    "t3"."budget_khac"
                  FROM "models" AS "t3"
                ) AS "t15"
                  ON "t14"."model_id" = "t15"."model_id"
              ) AS "t24"
              WHERE
                "t24"."stage" <> 'huy'
                AND "t24"."approval_date" <= (
                  (
                    CAST(SUBSTRING(
                      "t24"."quarter",
                      CASE WHEN (
                        0 + 1
                      ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t24"."quarter") END,
                      4
                    ) || '-' || RIGHT('0' || CAST(CAST(RIGHT("t24"."quarter", 1) AS BIGINT) * 3 AS TEXT), 2) || '-01' AS DATE) + INTERVAL '1' MONTH
                  ) - INTERVAL '1' DAY
                )
            ) AS "t34"
          ) AS "t37"
          CROSS JOIN (
            SELECT
              UNNEST(CAST(['tat_ca', 'trung_uong', 'dia_phuong', 'khac'] AS TEXT[])) AS "source"
          ) AS "t18"
        ) AS "t40"
        WHERE
          (
            "t40"."source" = 'tat_ca'
          )
          OR (
            CASE "t40"."source"
              WHEN 'trung_uong'
              THEN "t40"."budget_trung_uong"
              WHEN 'dia_phuong'
              THEN "t40"."budget_dia_phuong"
              WHEN 'khac'
              THEN "t40"."budget_khac"
              ELSE "t40"."budget_trung_uong" + "t40"."budget_dia_phuong" + "t40"."budget_khac"
            END > 0
          )
      ) AS "t46"
    ) AS "t47"
    GROUP BY
      1,
      2,
      3,
      4
  ) AS "t49"
    ON "t30"."province" = "t49"."province"
    AND "t30"."quarter" = "t49"."quarter"
    AND "t16"."form" = "t49"."form"
    AND "t17"."source" = "t49"."source"
  LEFT OUTER JOIN (
    SELECT
      "t50".*
      EXCLUDE ("months")
    FROM (
      SELECT
        "t45"."province",
        "t45"."quarter",
        "t45"."source",
        "t45"."assigned",
        "t45"."carried_over",
        "t45"."allocated",
        "t45"."disbursed_ytd",
        "t45"."months",
        'tat_ca' AS "form",
        "t45"."assigned" + "t45"."carried_over" AS "plan_reported",
        NOT (
          COALESCE(
            (
              "t45"."months" = (
                CAST(RIGHT("t45"."quarter", 1) AS BIGINT) * 3
              )
            )
            OR (
              (
                "t45"."assigned" + "t45"."carried_over"
              ) = 0
            ),
            FALSE
          )
        ) AS "unknown"
      FROM (
        SELECT
          "t35"."province",
          "t35"."quarter",
          "t35"."source",
          "t35"."assigned",
          "t35"."carried_over",
          "t35"."allocated",
          "t43"."disbursed_ytd",
          "t44"."months"
        FROM (
          SELECT
            "t31"."province",
            "t31"."quarter",
            "t31"."source",
            SUM("t31"."assigned") AS "assigned",
            SUM("t31"."carried_over") AS "carried_over",
            SUM("t31"."allocated") AS "allocated"
          FROM (
            SELECT
              "t28"."province",
              "t28"."quarter",
              "t28"."year",
              "t22"."source",
              "t22"."kind",
              "t22"."assigned",
              "t22"."carried_over",
              "t22"."allocated"
            FROM (
              SELECT
                "t26"."province",
                "t26"."quarter",
                CAST(SUBSTRING(
                  "t26"."quarter",
                  CASE WHEN (
                    0 + 1
                  ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t26"."quarter") END,
                  4
                ) AS BIGINT) AS "year"
              FROM "t25" AS "t26"
            ) AS "t28"
            INNER JOIN (
              SELECT
                "t1"."province",
                "t1"."year",
                UNNEST(CAST(['tat_ca', "t1"."source"] AS TEXT[])) AS "source",
                "t1"."kind",
                "t1"."assigned",
                "t1"."carried_over",
                "t1"."allocated"
              FROM "funding" AS "t1"
            ) AS "t22"
              ON "t28"."province" = "t22"."province" AND "t28"."year" = "t22"."year"
          ) AS "t31"
          GROUP BY
            1,
            2,
            3
        ) AS "t35"
        LEFT OUTER JOIN (
          SELECT
            "t39"."province",
            "t39"."quarter",
            "t39"."source",
            SUM("t39"."disbursed_ytd") AS "disbursed_ytd"
          FROM "t38" AS "t39"
          GROUP BY
            1,
            2,
            3
        ) AS "t43"
          ON "t35"."province" = "t43"."province"
          AND "t35"."quarter" = "t43"."quarter"
          AND "t35"."source" = "t43"."source"
        LEFT OUTER JOIN (
          SELECT
            "t39"."province",
            "t39"."quarter",
            COUNT(DISTINCT "t39"."month") AS "months"
          FROM "t38" AS "t39"
          GROUP BY
            1,
            2
        ) AS "t44"
          ON "t35"."province" = "t44"."province" AND "t35"."quarter" = "t44"."quarter"
      ) AS "t45"
    ) AS "t50"
  ) AS "t52"
    ON "t30"."province" = "t52"."province"
    AND "t30"."quarter" = "t52"."quarter"
    AND "t16"."form" = "t52"."form"
    AND "t17"."source" = "t52"."source"
) AS "t53"
