<?php
// A page that connects by itself, as pages do without the extension.

new mysqli(null, $_GET['user'], $_GET['password'], null, null, $_GET['socket']);
echo 'ok';
