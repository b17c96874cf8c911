<?php
// All that a web server needs to serve files out of the database. Here any path may leave.

declare(strict_types=1);

ini_set('ezdbfile.serve_paths', '**');
ezdbfile_serve();
