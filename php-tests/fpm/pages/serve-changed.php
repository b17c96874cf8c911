<?php
// What the script has made of the request. (By this way PHP does not notice that the array is named.)
foreach (json_decode(base64_decode(getenv('CHANGES')), true) as $name => $value) {
    $GLOBALS['_SERVER'][$name] = $value;
}
ezdbfile_serve();
