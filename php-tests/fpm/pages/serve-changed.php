<?php
// What the script has made of the request.
foreach (json_decode(base64_decode($_SERVER['CHANGES']), true) as $name => $value) {
    $_SERVER[$name] = $value;
}
ezdbfile_serve();
