<?php
// PHP makes the array for whoever names it.
$_SERVER;
ezdbfile_serve();
