# Throughput by size, four operations: throughput.svg from storeContents.tsv, fetchContents.tsv,
# passthrough.tsv and http.tsv in the current directory.

set terminal svg size 960,720 font "sans-serif,13" background "white" dynamic
set output "throughput.svg"
set datafile separator "\t"

set multiplot layout 2,2 margins 0.075,0.985,0.055,0.94 spacing 0.075,0.125
set logscale x 2
set logscale y 10
set xrange [700:9e7]
set xtics ("1 KiB" 1024, "16 KiB" 16384, "" 65536, "1 MiB" 1048576, "16 MiB" 16777216) nomirror
set ytics nomirror
set format y "%g"
set border 3 linecolor "#888888"
set tics textcolor "#333333" scale 0.5
set grid ytics xtics linecolor "#e4e4e4" linewidth 1 linetype 1
set key bottom right samplen 2 textcolor "#222222"

limit = "#9aa5b1"
old = "#c8553d"
first = "#1f6fb2"
second = "#2a9d8f"

array title[3] = ["storeContents()", "fetchContents()", "passthrough()"]
array file[3] = ["storeContents.tsv", "fetchContents.tsv", "passthrough.tsv"]
do for [i = 1:3] {
  set title title[i] . ", MB/s" textcolor "#111111" font ",15"
  # One key for the three, where no lines are.
  if (i == 3) { set key at graph 0.99,0.03 right bottom vertical } else { unset key }
  plot file[i] using 1:"limit-id" with lines linecolor rgb limit linewidth 5 title "limit (bare C client), id", \
    file[i] using 1:"limit-hash" with lines linecolor rgb limit linewidth 3 dashtype 2 title "limit, hash", \
    file[i] using 1:"old" with linespoints linecolor rgb old linewidth 2 pointtype 7 pointsize 0.6 title "old PHP handler", \
    file[i] using 1:"id" with linespoints linecolor rgb first linewidth 2 pointtype 7 pointsize 0.6 title "ezdbfile, id", \
    file[i] using 1:"hash" with linespoints linecolor rgb second linewidth 2 dashtype 2 pointtype 7 pointsize 0.6 title "ezdbfile, hash"
}
set title "over HTTP, MB/s"
set key at graph 0.99,0.03 right bottom vertical maxrows 5
plot "http.tsv" using 1:"static" with lines linecolor rgb limit linewidth 5 title "nginx alone", \
  "http.tsv" using 1:"readfile" with lines linecolor rgb limit linewidth 3 dashtype 2 title "readfile()", \
  "http.tsv" using 1:"old" with linespoints linecolor rgb old linewidth 2 pointtype 7 pointsize 0.6 title "old PHP handler", \
  "http.tsv" using 1:"ezdbfile" with linespoints linecolor rgb first linewidth 2 pointtype 7 pointsize 0.6 title "ezdbfile\\_serve()", \
  "http.tsv" using 1:"ezdbfile-copies" with linespoints linecolor rgb second linewidth 2 dashtype 2 pointtype 7 pointsize 0.6 title "with copies"
unset multiplot
