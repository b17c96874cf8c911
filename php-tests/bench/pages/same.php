<?php
// What a client in C within PHP can do: see limit/php.c.
same_serve();
