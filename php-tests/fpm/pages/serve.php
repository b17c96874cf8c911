<?php
// Names no superglobal, so PHP has made none.
ezdbfile_serve();
