<?php
/*
 * Tables in Markdown from what was measured, and data for the pictures. Started by run.sh.
 *
 *   php report.php DIRECTORY [--complete]
 *
 * The directory has operations.jsonl and, as far as they were measured, stampede.jsonl, http.jsonl and
 * instructions.jsonl; and earlier.md, if there is a report to compare these with. --complete: ends with status 1 when something is missing.
 */

declare(strict_types=1);

require __DIR__ . '/plan.php';
require __DIR__ . '/Figures.php';
require __DIR__ . '/HttpReport.php';
require __DIR__ . '/InstructionsReport.php';
require __DIR__ . '/Missed.php';
require __DIR__ . '/Report.php';

[$directory, $complete] = [$argv[1], in_array('--complete', $argv, true)];
$report = new Report($directory, require __DIR__ . '/targets.php');
echo $report->markdown();
foreach ($report->missing as $what) {
    fwrite(STDERR, "missing: $what\n");
}
exit($complete && $report->missing ? 1 : 0);
